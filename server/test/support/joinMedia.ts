import type { ChannelClient } from './ChannelClient.ts';
import type { Joinable } from './JsClient.ts';
import { RtcClient } from './RtcClient.ts';

/** Media of the same device, by the token that `join` gave it. */
export function joinMedia({ joined }: ChannelClient): Promise<RtcClient> {
  const { url, token, identity, briefing } = joined;
  // The target is asked for nothing: address and token are here.
  return RtcClient.join({} as Joinable, { room: briefing.id, identity, url, token });
}
