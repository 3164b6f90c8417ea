import type { Api } from '../api/Api.ts';
import type { Channel } from '../api/channel/Channel.ts';

/** SV16: what the order channel says of the record is known to the whole page. */
export function followingRecord(api: Api, channel: Channel): Channel {
  channel.on('record', ({ writable }) => api.hearRecord(writable));
  return channel;
}
