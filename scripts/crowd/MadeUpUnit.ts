import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { io, type Socket } from 'socket.io-client';
import { briefingListSchema, joinAnswerSchema } from '../../server/src/protocol/briefing.ts';
import type {
  Ack,
  ActAnswer,
  ActAsk,
  ActName,
  ClientToServer,
  ServerToClient,
} from '../../server/src/protocol/channel.ts';
import { directiveListSchema, followedSchema } from '../../server/src/protocol/directive.ts';
import type { Floor } from '../../server/src/protocol/floor.ts';
import type { Round } from '../../server/src/protocol/rollcall.ts';
import { sessionSchema } from '../../server/src/protocol/session.ts';
import { fullJitter } from '../../web/src/lib/jitter.ts';
import type { Beat } from './Beat.ts';
import type { Cast } from './Cast.ts';
import { MARK, Manners, SUBSTITUTE } from './manners.ts';
import { PublicApi } from './PublicApi.ts';
import { UnitMedia } from './UnitMedia.ts';

/** Between two looks whether there is a briefing, ms. */
const LOOK_MS = 15_000;
/** Between two looks whether the media are still there, beats. */
const LOOK_BEATS = 3;
/** An act is given up after that, and tried again under the same key. */
const ACT_MS = 8_000;
/** Stretches of time in which a unit may wish something by itself, ms. */
const TURN_MS = 60_000;
/** How long a line that drops is gone, ms. */
const DROP_MS = 12_000;
/** A raised hand is taken down again after that, ms. */
const HAND_MS = 120_000;
/** Refusals after which the same is tried again. */
const PASSING = new Set(['store-unavailable', 'rate-limited', 'draining', 'node-full', 'internal']);

type Channel = Socket<ServerToClient, ClientToServer>;

export interface CrowdOptions {
  readonly url: string;
  readonly seed: number;
  /** All have come by then, ms. */
  readonly arrivalMs: number;
  /** They are so many times quicker than people. */
  readonly hurry: number;
  /** They do what they are asked, and nothing by themselves. */
  readonly passive: boolean;
}

/** What all units of one process share. */
export interface Crowd {
  readonly cast: Cast;
  /** A second each. */
  readonly beat: Beat;
}

/**
 * One made-up unit: signs in by its personal link, waits for a briefing, sits in it as a page does, by the public port
 * alone, and does what its manners say [DC1]. It runs until the signal ends it.
 */
export class MadeUpUnit {
  readonly #options: CrowdOptions;
  readonly #crowd: Crowd;
  readonly #secret: string;
  readonly #over: AbortSignal;
  readonly #api: PublicApi;
  readonly #answered = new Set<string>();
  #manners: Manners;
  /** It takes its hand down after a while. */
  #isLowering = false;
  #state: 'away' | 'waiting' | 'here' | 'speaking' = 'away';

  /** @param secret of its personal link */
  constructor(secret: string, options: CrowdOptions, crowd: Crowd, over: AbortSignal) {
    this.#crowd = crowd;
    this.#secret = secret;
    this.#options = options;
    this.#over = over;
    this.#api = new PublicApi(options.url, over);
    this.#manners = new Manners(options.seed, secret, options.hurry);
  }

  get state(): 'away' | 'waiting' | 'here' | 'speaking' {
    return this.#state;
  }

  async run(): Promise<void> {
    let attempt = 0;
    while (!this.#over.aborted) {
      try {
        if (this.#api.token === undefined) await this.#signIn();
        this.#state = 'waiting';
        const briefing = await this.#briefing();
        await this.#sit(briefing);
        attempt = 0;
      } catch (error) {
        if (this.#over.aborted) break;
        // A session that ended is opened anew.
        if (error instanceof Error && 'reason' in error && error.reason === 'unauthenticated')
          this.#api.token = undefined;
        // What ends it meanwhile is seen above.
        await this.#pause(1_000 + fullJitter(10 + attempt++)).catch(() => undefined);
      } finally {
        this.#state = 'away';
      }
    }
  }

  async #signIn(): Promise<void> {
    const asked = { secret: this.#secret, transport: 'bearer', device: MARK };
    const { token, account } = await this.#api.post('/api/session/link', asked, sessionSchema);
    this.#api.token = token;
    this.#manners = new Manners(this.#options.seed, account.unit.code, this.#options.hurry);
    await this.#pause(this.#manners.arrivalMs(this.#options.arrivalMs));
  }

  /** Resolves when one is open. */
  async #briefing(): Promise<string> {
    for (;;) {
      const { briefings } = await this.#api.get('/api/briefings', briefingListSchema);
      const open = briefings.find(({ state }) => state === 'live' || state === 'open');
      if (open) return open.id;
      await this.#pause(LOOK_MS * (0.5 + Math.random()));
    }
  }

  /** Resolves when the briefing is over for this unit, or its line dropped. */
  async #sit(briefing: string): Promise<void> {
    const join = () => this.#api.post(`/api/briefings/${briefing}/join`, {}, joinAnswerSchema);
    const first = await join();
    const sitting = new AbortController();
    const over = AbortSignal.any([this.#over, sitting.signal]);
    let kept: Awaited<ReturnType<typeof join>> | undefined = first;
    const seat = async () => {
      const { url, token } = kept ?? (await join());
      kept = undefined;
      return { url, token, room: briefing };
    };
    const nature = { person: this.#manners.person(), loss: this.#manners.loss() };
    const media = new UnitMedia(first.identity, seat, this.#crowd, nature);
    const channel: Channel = io(this.#options.url, {
      transports: ['websocket'],
      auth: {
        token: this.#api.token,
        briefing,
        identity: first.identity,
        equipment: { camera: 'ready', microphone: 'ready' },
      },
      forceNew: true,
      reconnectionDelay: 500,
      reconnectionDelayMax: 5_000,
    });
    try {
      channel.on('farewell', () => sitting.abort());
      channel.on('connect_error', (error) => 'data' in error && sitting.abort());
      channel.on('round', ({ round }) => void this.#answer(channel, round, over));
      channel.on('rounds', ({ rounds }) => {
        for (const round of rounds.slice(-1)) void this.#answer(channel, round, over);
      });
      channel.on('floor', (floor) => {
        // Also one that was raised before the unit was ended and came again.
        if (floor.hands.some(({ seat }) => seat.identity === first.identity)) void this.#lowerLater(channel, over);
        void this.#hear(channel, media, floor, first.identity, over);
      });
      channel.on('directive', () => void this.#follow(over));
      await media.watch();
      this.#state = 'here';
      void this.#follow(over);
      const staying = this.#stay(media, over);
      await (this.#options.passive ? staying : Promise.race([this.#wish(channel, media, over), staying]));
    } finally {
      sitting.abort();
      channel.disconnect();
      await media.close();
    }
  }

  /** While the media are there; comes back with them as a page does when they are lost. */
  async #stay(media: UnitMedia, over: AbortSignal): Promise<void> {
    for (;;) {
      await this.#crowd.beat.after(LOOK_BEATS, over);
      this.#state = media.isSpeaking ? 'speaking' : 'here';
      if (media.failure !== undefined) await media.watch();
    }
  }

  /** Hands, questions and dropped lines that nobody asked for. Resolves when the line drops. */
  async #wish(channel: Channel, media: UnitMedia, over: AbortSignal): Promise<void> {
    const begin = Date.now();
    for (let turn = Math.floor(begin / TURN_MS) + 1; ; turn++) {
      await pause(turn * TURN_MS - Date.now(), over);
      for (const { kind, afterMs, words } of this.#manners.wishes(turn, TURN_MS)) {
        await pause(Math.max(0, turn * TURN_MS + afterMs - Date.now()), over);
        if (media.isSpeaking) continue;
        if (kind === 'drop') return void (await dropped(channel, media, over));
        if (kind === 'question') await act(channel, over, 'question.ask', { key: randomUUID(), text: words });
        else await act(channel, over, 'hand.raise', {});
      }
    }
  }

  async #lowerLater(channel: Channel, over: AbortSignal): Promise<void> {
    if (this.#isLowering) return;
    this.#isLowering = true;
    await pause(HAND_MS / this.#options.hurry, over).catch(() => undefined);
    await act(channel, over, 'hand.lower', {});
    this.#isLowering = false;
  }

  async #answer(channel: Channel, round: Round, over: AbortSignal): Promise<void> {
    if (round.state === 'closed' || this.#answered.has(round.id)) return;
    this.#answered.add(round.id);
    const planned = this.#manners.answer(round.id);
    if (planned.kind === 'silent') return;
    const asked = { round: round.id, key: randomUUID() };
    const lateAt = Date.parse(round.deadline) + this.#manners.unseenMs(round.id);
    try {
      if (planned.kind === 'away') {
        await pause(planned.afterMs, over);
        return void (await act(channel, over, 'round.answer', { ...asked, absence: planned.absence }));
      }
      const { answerer } = planned;
      const as = round.answerers.includes(answerer) ? answerer : (round.answerers[0] ?? 'chair');
      const name = as === 'substitute' && { name: SUBSTITUTE };
      const number = round.number && { number: this.#manners.number(round.id, round.number) };
      if (round.proof === 'challenge') {
        // It sees no picture: few guess, all others answer when no digits are asked for any more.
        const challenge = this.#manners.guess(round.id);
        if (challenge)
          await act(channel, over, 'round.answer', { ...asked, answerer: as, ...name, challenge, ...number });
        await pause(Math.max(0, lateAt - Date.now()), over);
      } else if (planned.kind === 'present') await pause(planned.afterMs, over);
      else await pause(Math.max(0, Date.parse(round.deadline) + planned.lateMs - Date.now()), over);
      await act(channel, over, 'round.answer', { ...asked, answerer: as, ...name, ...number });
    } catch {
      // It left before it answered, as people do.
      this.#answered.delete(round.id);
    }
  }

  /** Calls that ring, invitations, and whether it is on air. */
  async #hear(channel: Channel, media: UnitMedia, floor: Floor, identity: string, over: AbortSignal): Promise<void> {
    const own = floor.speakers.find(({ seat }) => seat.identity === identity);
    const ringing = floor.calls.find(({ state }) => state === 'ringing');
    try {
      if (ringing && !this.#answered.has(ringing.id)) {
        this.#answered.add(ringing.id);
        const planned = this.#manners.call(ringing.id);
        if (planned.kind === 'missed') return;
        await pause(planned.afterMs, over);
        if (planned.kind === 'refused')
          return void (await act(channel, over, 'call.refuse', { call: ringing.id, why: planned.why }));
        await media.speak();
        if (!(await act(channel, over, 'call.accept', { call: ringing.id }))) await media.watch();
      } else if (own?.invited && !own.invited.declined) {
        const { at } = own.invited;
        if (this.#answered.has(at)) return;
        this.#answered.add(at);
        await pause(this.#manners.takeMs(at), over);
        if (!media.isSpeaking) await media.speak();
        // Who was asked no more is refused, and watches on.
        if (!(await act(channel, over, 'stage.take', {}))) await media.watch();
      } else if (own && !media.isSpeaking && !this.#answered.has(own.since)) {
        // Admitted from the queue.
        this.#answered.add(own.since);
        await media.speak();
      } else if (
        !own &&
        media.isSpeaking &&
        !floor.calls.some(({ state }) => state === 'ringing' || state === 'accepted')
      ) {
        await media.watch();
      }
    } catch {
      // It is over, or looks after its media by itself (`#stay`).
    }
  }

  /** Begins to follow each open directive that the unit has not begun with. */
  async #follow(over: AbortSignal): Promise<void> {
    try {
      const { directives } = await this.#api.get('/api/directives?box=inbox&open=true', directiveListSchema);
      for (const { directive } of directives) {
        if (this.#answered.has(directive.id)) continue;
        this.#answered.add(directive.id);
        void this.#take(directive.id, over);
      }
    } catch {
      // Asked again with the next one.
    }
  }

  async #take(directive: string, over: AbortSignal): Promise<void> {
    try {
      for (const { afterMs, act: step } of this.#manners.follow(directive)) {
        await pause(afterMs, over);
        await this.#api.post(`/api/directives/${directive}/acts`, { key: randomUUID(), ...step }, followedSchema);
      }
    } catch {
      // Recalled, over, or refused as out of order: the next briefing finds what is open.
    }
  }

  #pause(ms: number): Promise<void> {
    return pause(ms, this.#over);
  }
}

const pause = (ms: number, signal: AbortSignal): Promise<void> => wait(ms, undefined, { signal });

async function dropped(channel: Channel, media: UnitMedia, over: AbortSignal): Promise<void> {
  channel.disconnect();
  await media.close();
  await pause(DROP_MS, over);
}

/** Repeated until it is acknowledged or refused. @returns what was acknowledged; undefined: it was refused, or it is over */
async function act<N extends ActName>(
  channel: Channel,
  over: AbortSignal,
  name: N,
  ask: ActAsk<N>,
): Promise<ActAnswer<N> | undefined> {
  const emit = channel.timeout(ACT_MS).emitWithAck as unknown as (name: N, ask: unknown) => Promise<Ack<N>>;
  for (let attempt = 0; !over.aborted; attempt++) {
    const told = channel.connected
      ? await emit.call(channel.timeout(ACT_MS), name, ask).catch(() => undefined)
      : undefined;
    if (told && 'ok' in told) return told.ok;
    if (told && !PASSING.has(told.error.reason)) return undefined;
    await pause(500 + fullJitter(attempt), over).catch(() => undefined);
  }
  return undefined;
}
