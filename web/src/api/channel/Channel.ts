import { io, type Socket } from 'socket.io-client';
import { isReady } from '../../lib/isReady.ts';
import { returnDelay } from '../../lib/jitter.ts';
import { type Readable, Store } from '../../lib/Store.ts';
import { serverClock } from '../../lib/serverClock.ts';
import { ApiError, isPassing, toApiError } from '../ApiError.ts';
import {
  type ActAnswer,
  type ActAsk,
  type ActName,
  acts,
  type Briefing,
  type ChannelAuth,
  connectRefusalSchema,
  type Entry,
  type Equipment,
  type Notice,
  type NoticeName,
  notices,
  type OwnQuestion,
} from '../contract.ts';
import { checkReceipts } from '../receiptHolds.ts';
import { type ChannelState, firstState } from './ChannelState.ts';
import { takeOver } from './calls.ts';
import { takeFloor } from './floors.ts';
import { LostStore } from './LostStore.ts';
import { type Questions, withAnswered, withOwn } from './questions.ts';
import { takeTick, withRound } from './rounds.ts';
import { withMove } from './staged.ts';
import { WithPicture } from './WithPicture.ts';

/** An act that is not acknowledged in this time was not recorded, as far as the page can know. */
const ACT_TIMEOUT_MS = 8_000;
/** A node that is there answers in this time. */
const PROOF_MS = 2_000;

/** The order channel of one device: what the server tells becomes `state`, what a person does goes through `act`. */
export class Channel {
  readonly state: Store<ChannelState>;
  /** LiveKit identity of this device. */
  readonly identity: string;
  /** Who is shown large, by the path of a unit's stage; '': on the briefing's own. */
  readonly #speakers = new Map<string, string | null>();
  readonly #socket: Socket;
  #attempt = 0;
  /** CH11: within which time to come back, as the server last said it; 0: it did not. */
  #withinMs = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #closed = false;
  #heardAt = Date.now();
  readonly #equipment: Readable<{ readonly equipment: Equipment }> | undefined;
  /** What the server was told of it on this connection. */
  #told: Equipment | undefined;
  readonly #withPicture = new WithPicture();
  readonly #lostStore = new LostStore(() => isReady(location.origin));
  readonly #forget: (() => void) | undefined;

  /** @param equipment told with each connection, and again when it changes (PR9) */
  constructor(auth: ChannelAuth, briefing: Briefing, equipment?: Readable<{ readonly equipment: Equipment }>) {
    this.#equipment = equipment;
    this.identity = auth.identity;
    this.state = new Store(firstState(briefing));
    // The library's own reconnection knows no full jitter, so the next try is ours.
    this.#socket = io({
      ...{ path: '/socket.io', transports: ['websocket'], reconnection: false, autoConnect: false },
      auth: (give) => {
        this.#told = equipment?.get().equipment;
        give({ ...auth, ...(this.#told && { equipment: this.#told }) });
      },
    });
    this.#forget = equipment?.subscribe(() => this.#tellEquipment());
    this.#listen();
    this.#socket.connect();
    window.addEventListener('online', this.#hurry);
  }

  /** @throws ApiError with the server's reason, or `network` when nothing came back in time */
  async act<N extends ActName>(name: N, ask: ActAsk<N>): Promise<ActAnswer<N>> {
    if (!this.#socket.connected) throw new ApiError('network', 'the order channel is down');
    let answer: unknown;
    try {
      answer = await this.#socket.timeout(ACT_TIMEOUT_MS).emitWithAck(name, ask);
    } catch (error) {
      throw new ApiError('network', String(error));
    }
    if (typeof answer === 'object' && answer !== null && 'ok' in answer) {
      this.#lostStore.took();
      const done = acts[name].answer.parse(answer.ok) as ActAnswer<N>;
      await checkReceipts(done);
      // The device that answered has its acknowledgement, and is told nothing else.
      if (name === 'round.answer') this.#takeEntries([(done as ActAnswer<'round.answer'>).entry]);
      if (name === 'question.ask' || name === 'question.withdraw')
        this.#takeQuestion((done as ActAnswer<'question.ask'>).question);
      return done;
    }
    const refusal = toApiError(answer, `${name} was not understood`);
    if (refusal.reason === 'store-unavailable') void this.#leaveLostStore();
    throw refusal;
  }

  /** The next connection is to whichever node is ready. */
  async #leaveLostStore(): Promise<void> {
    const { engine } = this.#socket.io;
    if (await this.#lostStore.refused()) engine.close();
  }

  /** Something else found its node gone, which may be that of this line: then it does not wait until pings fail. */
  prove(): void {
    const { engine } = this.#socket.io;
    const proof = this.#socket.connected && this.#socket.timeout(PROOF_MS).emitWithAck('sync', {});
    if (proof) proof.catch(() => engine.close());
  }

  /** When anything came from the server, milliseconds since 1970 by our clock. */
  heardAt(): number {
    return this.#heardAt;
  }

  /** FG106. @param lag how long pictures wait on this device, milliseconds */
  follow(lag: () => number): void {
    this.#withPicture.lag = lag;
  }

  close(): void {
    this.#closed = true;
    this.#withPicture.close();
    this.#forget?.();
    clearTimeout(this.#timer);
    window.removeEventListener('online', this.#hurry);
    this.#socket.disconnect();
  }

  #listen(): void {
    const socket = this.#socket;
    const heard = (): void => {
      this.#heardAt = Date.now();
    };
    socket.onAny(heard);
    socket.io.on('ping', heard);
    socket.on('connect', () => {
      heard();
      // A try that was planned while this one was on its way would end it.
      clearTimeout(this.#timer);
      this.#attempt = 0;
      this.#withinMs = 0;
      this.state.set({ link: 'online', refusal: undefined });
      this.#tellEquipment();
    });
    socket.on('disconnect', () => this.#again());
    socket.on('connect_error', (error: Error & { data?: unknown }) => {
      const problem = toApiError(error.data, error.message);
      if (error.data !== undefined && !isPassing(problem)) {
        this.state.set({ link: 'refused', refusal: problem });
        return;
      }
      this.#withinMs = connectRefusalSchema.safeParse(error.data).data?.withinMs ?? this.#withinMs;
      this.#again((problem.retryAfterSeconds ?? 0) * 1000);
    });
    this.on('briefing', (briefing) => this.state.set({ briefing }));
    this.on('floor', (floor) => {
      this.state.set(takeFloor(this.state.get(), floor));
      this.#showSpeaker();
    });
    this.on('floor.handsAway', ({ identities }) => this.state.set({ handsAway: new Set(identities) }));
    this.on('floor.air', (air) => this.state.set({ air }));
    this.on('programme', (programme) => {
      const apply = (): void => {
        if (programme.seq >= this.state.get().programme.seq) this.state.set({ programme });
      };
      const isOfFigures = [programme, this.state.get().programme].some(({ content }) => content?.kind === 'figures');
      if (isOfFigures) this.#withPicture.take(apply);
      else apply();
    });
    this.on('programme.speaker', ({ identity, stage = '' }) => {
      this.#speakers.set(stage, identity);
      this.#showSpeaker();
    });
    this.on('call.ring', (ring) => this.state.set({ ring }));
    this.on('call.over', (call) => this.state.set(takeOver(this.state.get(), call)));
    this.on('seat.excess', (excess) => this.state.set({ excess }));
    this.on('presence', ({ full, counts, at }) => {
      const presence = new Map(full ? [] : this.state.get().presence);
      for (const count of counts) presence.set(count.unit, count);
      this.state.set({ presence, presenceAt: at });
    });
    this.on('rounds', ({ rounds, entries }) => {
      const known = new Set(this.state.get().rounds.map(({ id }) => id));
      const fresh = rounds.filter(({ id, state }) => !known.has(id) && state !== 'closed');
      const prompts = this.state.get().prompts + fresh.length;
      this.state.set({ rounds: [...rounds].sort((a, b) => a.nr - b.nr), entries: new Map(), prompts });
      this.#takeEntries(entries);
    });
    this.on('round', ({ round, again }) => {
      const { rounds, prompts } = this.state.get();
      const asked = again || rounds.every(({ id }) => id !== round.id);
      this.state.set({ rounds: withRound(rounds, round), prompts: prompts + (asked ? 1 : 0) });
    });
    this.on('round.entry', (entry) => this.#takeEntries([entry]));
    this.on('round.tick', (tick) => {
      const { figures } = this.state.get();
      this.state.set({ figures: new Map(figures).set(tick.round, takeTick(figures.get(tick.round), tick)) });
    });
    this.on('round.sums', ({ round, full, sums: told }) => {
      const { sums } = this.state.get();
      const rows = [...(full ? [] : (sums.get(round) ?? [])), ...told.map((sum) => [sum.unit, sum] as const)];
      this.state.set({ sums: new Map(sums).set(round, new Map(rows)) });
    });
    this.on('questions', ({ own, answered }) => this.#setQuestions({ own, answered }));
    this.on('question.own', (question) => this.#takeQuestion(question));
    this.on('question.tick', (tick) => this.#setQuestions({ tick }));
    this.on('question.answered', ({ question, answered }) =>
      this.#setQuestions({ answered, told: withAnswered(this.state.get().questions.told, [question]) }),
    );
    this.on('slides', (slides) => {
      if (slides.seq >= (this.state.get().slides?.seq ?? 0)) this.state.set({ slides });
    });
    this.on('figures.staged', (staged) => this.#withPicture.take(() => this.state.set({ staged })));
    this.on('figures.stagedMove', (move) =>
      this.#withPicture.take(() => this.state.set({ staged: withMove(this.state.get().staged, move) })),
    );
    this.on('farewell', ({ reason, withinMs }) => {
      this.#withinMs = withinMs ?? this.#withinMs;
      // A draining node says goodbye, and the next try finds another one.
      if (reason !== 'draining') this.state.set({ farewell: reason });
    });
    this.on('comeback', ({ withinMs }) => {
      this.#withinMs = withinMs;
    });
    this.on('clock', ({ now }) => {
      const clockOffset = Date.parse(now) - Date.now();
      this.state.set({ clockOffset });
      serverClock.set({ offset: clockOffset, exact: true });
    });
  }

  /** Every notice of that name which fits its schema. @returns what ends it */
  on<N extends NoticeName>(name: N, take: (notice: Notice<N>) => void): () => void {
    const listener = (raw: unknown): void => {
      const parsed = notices[name].safeParse(raw);
      if (parsed.success) take(parsed.data as Notice<N>);
      else console.error(`notice ${name} does not fit its schema`, parsed.error.issues);
    };
    this.#socket.on(name as string, listener);
    return () => this.#socket.off(name as string, listener);
  }

  /** Of the stage that this device is shown. */
  #showSpeaker(): void {
    const { floor, speaker } = this.state.get();
    const now = this.#speakers.get(floor.stage?.path ?? '') ?? null;
    if (now !== speaker) this.state.set({ speaker: now });
  }

  /** Only a change is told; what got lost on the way is told with the next connection. */
  #tellEquipment(): void {
    const now = this.#equipment?.get().equipment;
    if (!now || now === this.#told || !this.#socket.connected) return;
    const same = now.camera === this.#told?.camera && now.microphone === this.#told?.microphone;
    this.#told = now;
    if (!same) this.act('equipment.tell', now).catch(() => undefined);
  }

  #setQuestions(change: Partial<Questions>): void {
    this.state.set({ questions: { ...this.state.get().questions, ...change } });
  }

  #takeQuestion(question: OwnQuestion): void {
    this.#setQuestions({ own: withOwn(this.state.get().questions.own, question) });
  }

  #takeEntries(entries: readonly Entry[]): void {
    const next = new Map(this.state.get().entries);
    for (const entry of entries) next.set(entry.round, entry);
    this.state.set({ entries: next });
  }

  /** @param leastMs before which it would be refused again */
  #again(leastMs = 0): void {
    if (this.#closed || this.state.get().farewell) return;
    this.state.set({ link: 'reconnecting' });
    clearTimeout(this.#timer);
    const delay = leastMs + returnDelay(this.#attempt++, this.#withinMs);
    this.#timer = setTimeout(() => this.#connect(), delay);
  }

  /** On a new connection: of a node of the version before, one that is asked twice shows the device out as its own older one (CH6). */
  #connect(): void {
    this.#socket.disconnect().connect();
  }

  readonly #hurry = (): void => {
    if (this.#closed || this.#socket.connected) return;
    this.#attempt = 0;
    // It was this device's own line, and the others are still connected.
    this.#withinMs = 0;
    this.#again();
  };
}
