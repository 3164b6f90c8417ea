import type { IncomingMessage, ServerResponse } from 'node:http';
import type { JsonValue, Message } from '@bufbuild/protobuf';
import { CreateRoomRequest } from '@livekit/protocol';
import type { NodeAnswer } from '../../../cluster/requests/nodeRequest.ts';
import { ByteBudget, type HeldBytes } from '../../../lib/ByteBudget.ts';
import { networkOf } from '../../../lib/networkOf.ts';
import type { Logger } from '../../../observability/logger.ts';
import { BODIES_IN_FLIGHT } from '../../../protocol/limits.ts';
import { MAX_NAME_LENGTH } from '../limits.ts';
import type { Tokens } from '../tokens.ts';
import { dataMethods } from './data.ts';
import type { Method, RoomServiceContext } from './method.ts';
import { type AskedNodes, answerOthers, overNodes } from './overNodes.ts';
import { participantMethods } from './participants.ts';
import { roomMethods } from './rooms.ts';
import { refusalOf, refused, twirpStatus } from './twirp.ts';

export interface RoomServiceOptions extends Omit<RoomServiceContext, 'touches'> {
  readonly tokens: Tokens;
  readonly log: Logger;
  /** Other nodes; undefined: there are none. */
  readonly asked?: AskedNodes | undefined;
  /** Largest request body, bytes. */
  readonly bodyBytes?: number;
}

const prefix = '/twirp/';
const service = 'livekit.RoomService';
const BODY_BYTES = 1_048_576;
const PIECE_BYTES = 256;

/** Every call of the service; a new one is an entry here. */
const methods: ReadonlyMap<string, Method> = new Map(
  Object.entries({ ...roomMethods, ...participantMethods, ...dataMethods }),
);

/** What this node answers other nodes. */
export const roomServiceAnswers = (context: Omit<RoomServiceContext, 'touches'>): NodeAnswer =>
  answerOthers(methods, { ...context, touches: () => true });

type Encoding = 'json' | 'protobuf';
const contentTypes: Readonly<Record<Encoding, string>> = {
  // LiveKit's SDK compares the whole header: a charset would hide the error's code from it.
  json: 'application/json',
  protobuf: 'application/protobuf',
};

/** LiveKit's RoomService over Twirp (JSON or protobuf). Answers every path below `/twirp/`, and nothing else. */
export function roomService(options: RoomServiceOptions) {
  const bodies = new ByteBudget(BODIES_IN_FLIGHT.programs);
  return async (request: IncomingMessage, response: ServerResponse, next: () => void): Promise<void> => {
    const path = (request.url ?? '').split('?', 1)[0] ?? '';
    if (!path.startsWith(prefix)) return next();
    try {
      const encoding = encodingOf(request);
      const answer = await call(path.slice(prefix.length), request, encoding, { ...options, bodies });
      const body = encoding === 'json' ? Buffer.from(answer.toJsonString()) : Buffer.from(answer.toBinary());
      send(response, 200, contentTypes[encoding], body);
    } catch (error) {
      const refusal = refusalOf(error);
      if (refusal.code === 'internal') options.log.error({ err: error, path }, 'RoomService call failed');
      const { code, message: msg, meta } = refusal;
      send(response, twirpStatus[code], contentTypes.json, Buffer.from(JSON.stringify({ code, msg, meta })));
    }
  };
}

async function call(
  route: string,
  request: IncomingMessage,
  encoding: Encoding,
  { bodies, ...options }: RoomServiceOptions & { readonly bodies: ByteBudget },
): Promise<Message> {
  const [name, procedure = '', ...rest] = route.split('/');
  const method = name === service && rest.length === 0 ? methods.get(procedure) : undefined;
  if (!method || request.method !== 'POST')
    throw refused('bad_route', `no handler for ${request.method} ${prefix}${route}`);
  const { authorization } = request.headers;
  const { grant, proof } = await options.tokens.verify({ authorization, accessToken: undefined });
  // HT14: a token that grants nothing here is refused before anything of the body is read.
  if (!(grant.roomCreate || grant.roomList || grant.roomAdmin)) {
    options.log.info({ apiKey: proof.key, call: procedure }, 'RoomService call refused: its token grants nothing here');
    throw refused('unauthenticated', 'permissions denied');
  }
  const held = bodies.open({ owner: proof.key, address: networkOf(request.socket.remoteAddress ?? '') });
  try {
    const asked = decode(method, encoding, await readBody(request, held, options.bodyBytes ?? BODY_BYTES));
    return await granted(method, procedure, asked, { grant, proof }, options);
  } finally {
    held.release();
  }
}

async function granted(
  method: Method,
  procedure: string,
  asked: Message,
  { grant, proof }: Pick<Awaited<ReturnType<Tokens['verify']>>, 'grant' | 'proof'>,
  options: RoomServiceOptions,
): Promise<Message> {
  const rooms = roomsNamed(asked);
  const facts = { apiKey: proof.key, call: procedure, rooms: rooms.map((room) => room.slice(0, MAX_NAME_LENGTH)) };
  try {
    // The reference answers so too: to a client, a token without the grant is no proof.
    if (!method.allowed(grant, asked as never)) throw refused('unauthenticated', 'permissions denied');
    for (const room of rooms) await options.tokens.demandRoom(proof, room);
  } catch (err) {
    options.log.info({ ...facts, err }, 'RoomService call refused');
    throw err;
  }
  options.log.info(facts, 'RoomService call');
  const context = { ...options, touches: (room: string) => options.tokens.touches(proof, room) };
  return overNodes(method, procedure, asked, context, options.asked);
}

/** Every room that a request names, whatever it wants of it. */
const roomsNamed = (asked: Message): string[] =>
  (['room', 'name', 'destinationRoom'] as const).flatMap((field) => {
    const value: unknown = (asked as Partial<Record<typeof field, unknown>>)[field];
    const isRoom = field !== 'name' || asked instanceof CreateRoomRequest;
    return isRoom && typeof value === 'string' && value !== '' ? [value] : [];
  });

function encodingOf(request: IncomingMessage): Encoding {
  const type = (request.headers['content-type'] ?? '').split(';', 1)[0]?.trim().toLowerCase();
  if (type === contentTypes.json) return 'json';
  if (type === contentTypes.protobuf) return 'protobuf';
  throw refused('bad_route', 'the Content-Type must be application/json or application/protobuf');
}

function decode({ request }: Method, encoding: Encoding, body: Buffer): Message {
  try {
    if (encoding === 'protobuf') return request.fromBinary(body);
    const json = JSON.parse(body.toString('utf8')) as JsonValue;
    return request.fromJson(json, { ignoreUnknownFields: true });
  } catch {
    throw refused('malformed', 'the request could not be decoded');
  }
}

async function readBody(request: IncomingMessage, held: HeldBytes, limit: number): Promise<Buffer> {
  const tooLarge = refused('malformed', `the body is larger than ${limit} bytes`);
  if (Number(request.headers['content-length'] ?? 0) > limit) throw tooLarge;
  const chunks: Buffer[] = [];
  let size = 0;
  // Left open when refused, so that the answer arrives; Node discards the rest.
  for await (const chunk of request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > limit) throw tooLarge;
    // HT15; a piece costs something beside its bytes.
    if (held.take(chunk.length + PIECE_BYTES)) throw refused('resource_exhausted', 'too much is sent at this moment');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function send(response: ServerResponse, status: number, type: string, body: Buffer): void {
  if (response.headersSent || response.destroyed) return;
  response.writeHead(status, { 'Content-Type': type, 'Content-Length': body.length, 'Cache-Control': 'no-store' });
  response.end(body);
}
