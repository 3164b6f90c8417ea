import { ClientInfo_Capability } from '@livekit/protocol';
import { z } from 'zod';
import type { ClientDescription } from '../../../hall/index.ts';

const flag = (absent: boolean) =>
  z
    .string()
    .optional()
    .transform((v) => (v === undefined || v === '' ? absent : v === '1' || v === 'true'));
const number = z.coerce.number().int().min(0).max(1000).catch(0).default(0);
const short = z.string().max(128).catch('').default('');

const schema = z.object({
  access_token: z.string().optional(),
  reconnect: flag(false),
  sid: z.string().max(64).default(''),
  auto_subscribe: flag(true),
  adaptive_stream: flag(false),
  protocol: number,
  client_protocol: number,
  capabilities: short,
  sdk: short,
  version: short,
});

export interface RtcQuery {
  readonly accessToken: string | undefined;
  /** Sid of the session that the client wants to resume. */
  readonly resume: string | undefined;
  readonly client: ClientDescription;
}

/** What a client says of itself in the address of its `/rtc` socket. Unknown parameters are ignored. */
export function readRtcQuery(search: URLSearchParams): RtcQuery {
  const parsed = schema.safeParse(Object.fromEntries(search));
  const query = parsed.success ? parsed.data : schema.parse({});
  return {
    accessToken: query.access_token,
    resume: query.reconnect ? query.sid : undefined,
    client: {
      sdk: query.sdk,
      version: query.version,
      protocol: query.protocol,
      clientProtocol: query.client_protocol,
      capabilities: query.capabilities.split(',').flatMap(capability),
      adaptiveStream: query.adaptive_stream,
      autoSubscribe: query.auto_subscribe,
    },
  };
}

const capability = (name: string): ClientInfo_Capability[] => {
  const value = ClientInfo_Capability[name as keyof typeof ClientInfo_Capability];
  return value === undefined ? [] : [value];
};
