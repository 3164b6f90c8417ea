import { setTimeout as wait } from 'node:timers/promises';
import { io, type Socket } from 'socket.io-client';
import type { JoinAnswer } from '../../src/protocol/briefing.ts';
import type {
  Ack,
  ActAnswer,
  ActAsk,
  ActName,
  ClientToServer,
  Notice,
  NoticeName,
  ServerToClient,
} from '../../src/protocol/channel.ts';
import { acts, connectRefusalSchema, notices } from '../../src/protocol/channel.ts';
import type { Reason } from '../../src/protocol/errors.ts';
import type { Floor } from '../../src/protocol/floor.ts';
import type { Program } from './TestNode.ts';
import { until, within } from './until.ts';

/** How long an answer may take on a busy machine, ms. */
const ANSWER_MS = 30_000;
/** After which a device asks again that found no room. */
const AGAIN_MS = 500;
/** Refusals that pass. A page comes again after `internal`, too; in a test that is a fault of the server, and is told. */
const passing: ReadonlySet<Reason> = new Set<Reason>(['node-full', 'draining', 'store-unavailable']);

/** A device on the order channel by a real socket.io client; it keeps every notice, checked by its schema. */
export class ChannelClient {
  readonly socket: Socket<ServerToClient, ClientToServer>;
  readonly program: Program;
  readonly joined: JoinAnswer;
  readonly heard: { name: NoticeName; notice: unknown }[] = [];
  #again: NodeJS.Timeout | undefined;

  private constructor(socket: Socket<ServerToClient, ClientToServer>, program: Program, joined: JoinAnswer) {
    this.socket = socket;
    this.program = program;
    this.joined = joined;
    socket.onAny((name: NoticeName, notice: unknown) => {
      this.heard.push({ name, notice: notices[name].parse(notice) });
    });
    // CH11: like a page; socket.io's client comes again by itself only where the server is away.
    socket.on('connect_error', (error) => {
      if (isPassing(error)) this.#again = setTimeout(() => socket.connect(), AGAIN_MS);
    });
  }

  /** Joins the briefing over HTTP, as soon as there is room, then opens the channel. Rejects with the reason when it is refused. */
  static async open(
    node: { readonly url: string },
    program: Program,
    briefing: string,
    headers = {},
  ): Promise<ChannelClient> {
    // A busy machine may have no room for a moment, and a page asks again, too.
    const { status, body } = await until(
      'there is room',
      async () => {
        const answer = await program.post(`/api/briefings/${briefing}/join`);
        return answer.body?.error?.reason === 'node-full' ? wait(AGAIN_MS, undefined) : answer;
      },
      ANSWER_MS,
    );
    if (status !== 200) throw new Error(`join refused: ${JSON.stringify(body)}`);
    return ChannelClient.#connect(node, program, briefing, body, headers);
  }

  /** PL18: opens the channel of a device that is not let in yet. */
  static atDoor(node: { readonly url: string }, program: Program, briefing: string, identity: string) {
    return ChannelClient.#connect(node, program, briefing, { identity }, {});
  }

  static async #connect(
    node: { readonly url: string },
    program: Program,
    briefing: string,
    joined: Pick<JoinAnswer, 'identity'> & Partial<JoinAnswer>,
    headers: Record<string, string>,
  ): Promise<ChannelClient> {
    const client = new ChannelClient(
      io(node.url, {
        transports: ['websocket'],
        auth: { token: program.token, briefing, identity: joined.identity },
        extraHeaders: headers,
        reconnectionDelay: 50,
        reconnectionDelayMax: 200,
        forceNew: true,
        // The client of engine.io says it itself, where Node's own would heed this.
        rejectUnauthorized: process.env.NODE_TLS_REJECT_UNAUTHORIZED !== '0',
      }),
      program,
      joined as JoinAnswer,
    );
    await client.connected();
    return client;
  }

  get identity(): string {
    return this.joined.identity;
  }

  connected(): Promise<void> {
    const { socket } = this;
    if (socket.connected) return Promise.resolve();
    let last: string | undefined;
    const answer = new Promise<void>((resolve, reject) => {
      socket.once('connect', resolve);
      socket.on('connect_error', (error) => {
        last = error.message;
        // A server that is away is tried again, and so is one that refused for the moment.
        if (!isPassing(error) && ('data' in error || !socket.active)) reject(error);
      });
    });
    return within('the channel is open', answer, ANSWER_MS, () => last);
  }

  /** Asks; the answer as it came. */
  async ask<N extends ActName>(name: N, ask: ActAsk<N>): Promise<Ack<N>> {
    const socket = this.socket.timeout(ANSWER_MS);
    const emit = socket.emitWithAck as (name: string, ask: unknown) => Promise<Ack<N>>;
    return emit.call(socket, name, ask);
  }

  /** Asks, and takes nothing but yes. */
  async act<N extends ActName>(name: N, ask: ActAsk<N>): Promise<ActAnswer<N>> {
    const answer = await this.ask(name, ask);
    if ('error' in answer) throw new Error(`${name}: ${answer.error.reason}: ${answer.error.message}`);
    return acts[name].answer.parse(answer.ok) as ActAnswer<N>;
  }

  /** Asks, and takes nothing but a refusal. @returns its reason */
  async refusal<N extends ActName>(name: N, ask: ActAsk<N>): Promise<string> {
    const answer = await this.ask(name, ask);
    if ('ok' in answer) throw new Error(`${name} was not refused`);
    return answer.error.reason;
  }

  all<N extends NoticeName>(name: N): Notice<N>[] {
    return this.heard.filter((h) => h.name === name).map((h) => h.notice as Notice<N>);
  }

  /** The newest floor, as this device sees it. */
  get floor(): Floor {
    const floor = this.all('floor').at(-1);
    if (!floor) throw new Error('no floor was heard yet');
    return floor;
  }

  /** `1:stage 2:green` */
  places(): string {
    return this.floor.speakers.map((s) => `${s.seat.unit}:${s.place}`).join(' ');
  }

  async heardOf<N extends NoticeName>(name: N, fact: (notice: Notice<N>) => boolean, ms?: number): Promise<Notice<N>> {
    return until(`${this.identity} hears ${name}`, () => this.all(name).find(fact), ms);
  }

  async sees(what: string, fact: (floor: Floor) => boolean, ms?: number): Promise<Floor> {
    return until(
      `${this.identity} sees ${what}`,
      () => (this.all('floor').length > 0 && fact(this.floor) ? this.floor : undefined),
      ms,
    );
  }

  close(): void {
    clearTimeout(this.#again);
    this.socket.close();
  }
}

function isPassing(error: Error & { readonly data?: unknown }): boolean {
  const reason = connectRefusalSchema.safeParse(error.data).data?.error.reason;
  return reason !== undefined && passing.has(reason);
}
