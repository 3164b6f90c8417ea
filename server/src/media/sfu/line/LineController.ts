import { type LineStep, LOWEST_WHOLE, ladder } from './ladder.ts';

/** What the viewer's last receiver reports say. */
export interface LineSample {
  /** Fraction of packets lost on their way, 0..1, the worst of the tracks looked at. Repaired ones count as lost. */
  readonly loss: number;
  readonly rttMs: number | undefined;
}

/** What was learned of a line that does not carry everything, as far as another connection may begin with it. */
export interface KnownLine {
  /** Its step on the ladder, counted from sound alone. */
  readonly at: number;
  /** How long it must be good before the next one is tried. */
  readonly climbAfterMs: number;
}

/** Loss beyond what radio or a busy line loses by chance; up to here retransmission hides it. */
const BAD_LOSS = 0.1;
const SEVERE_LOSS = 0.25;
const GOOD_LOSS = 0.06;
/** A queue of this many ms grew in front of the narrowest part of the line. */
const BAD_QUEUE_MS = 300;
const GOOD_QUEUE_MS = 150;
/** Samples in a row that make a verdict. */
const BAD_IN_A_ROW = 2;
/**
 * After a fall the queue of what was sent before needs a while to drain; after a climb only the first key frame does.
 */
const SETTLE_MS = { fall: 3_000, climb: 1_000 };
/** Good time before a step up is tried; doubled for a step each time that it was too much. */
const CLIMB_AFTER_MS = 12_000;
const CLIMB_AFTER_MAX_MS = 240_000;
/** Trouble this soon after a step up means that the step was too much. */
const TRIAL_MS = 12_000;
/** What held for so long is trusted again. */
const FORGET_MS = 60_000;

/**
 * Decides how much picture a viewer's line carries, from their receiver reports alone. Falls at once, far below what
 * broke, because the queue must drain before sound is whole again; climbs one step at a time, more and more rarely when
 * steps fail. Pure: time comes with each sample.
 */
export class LineController {
  readonly #steps: readonly LineStep[];
  /** How long the line must have been good before each step is tried. */
  readonly #climbAfter: number[];
  #at: number;
  #changedAt = Number.NEGATIVE_INFINITY;
  #bad = 0;
  #goodSince: number | undefined;
  #climbed = false;
  /** The shortest round trip seen: what is longer is a queue. */
  #rttFloor = Number.POSITIVE_INFINITY;

  /** @param known of a connection before */
  constructor(layers: number, known?: KnownLine) {
    this.#steps = ladder(layers);
    this.#climbAfter = this.#steps.map(() => CLIMB_AFTER_MS);
    this.#at = Math.min(known?.at ?? Number.POSITIVE_INFINITY, this.#steps.length - 1);
    if (known && !this.isFree) this.#climbAfter[this.#at + 1] = known.climbAfterMs;
  }

  get step(): LineStep {
    return this.#steps[this.#at] as LineStep;
  }

  get isFree(): boolean {
    return this.#at === this.#steps.length - 1;
  }

  /** For whoever looks at this line next; undefined: it carries everything. */
  get known(): KnownLine | undefined {
    return this.isFree ? undefined : { at: this.#at, climbAfterMs: this.#climbAfter[this.#at + 1] as number };
  }

  /** No trouble for so long, without any cap, that nobody needs to look. */
  isCalm(nowMs: number): boolean {
    return this.isFree && this.#goodSince !== undefined && nowMs - this.#goodSince > FORGET_MS / 2;
  }

  /** Reports of this time still tell of what was sent before the last step. */
  isSettling(nowMs: number): boolean {
    return nowMs - this.#changedAt < (this.#climbed ? SETTLE_MS.climb : SETTLE_MS.fall);
  }

  /** One look at the line, about once a second. @returns true when the step changed */
  take(sample: LineSample, nowMs: number): boolean {
    const verdict = this.#judge(sample);
    if (this.isSettling(nowMs)) return false;
    if (verdict === 'good') this.#goodSince ??= nowMs;
    else this.#goodSince = undefined;
    this.#bad = verdict === 'bad' || verdict === 'severe' ? this.#bad + 1 : 0;
    if (verdict === 'severe' || this.#bad >= BAD_IN_A_ROW) return this.#fall(nowMs);
    if (nowMs - this.#changedAt > FORGET_MS) this.#climbAfter[this.#at] = CLIMB_AFTER_MS;
    const since = Math.max(this.#goodSince ?? nowMs, this.#changedAt);
    if (!this.isFree && nowMs - since >= (this.#climbAfter[this.#at + 1] as number))
      return this.#move(this.#at + 1, nowMs, true);
    return false;
  }

  #judge({ loss, rttMs }: LineSample): 'good' | 'fair' | 'bad' | 'severe' {
    if (rttMs !== undefined) this.#rttFloor = Math.min(rttMs, this.#rttFloor);
    const queue = rttMs === undefined ? 0 : rttMs - this.#rttFloor;
    if (loss > SEVERE_LOSS) return 'severe';
    if (loss > BAD_LOSS || queue > BAD_QUEUE_MS) return 'bad';
    return loss <= GOOD_LOSS && queue <= GOOD_QUEUE_MS ? 'good' : 'fair';
  }

  #fall(nowMs: number): boolean {
    if (this.#at === 0) return false;
    const tried = this.#climbed && nowMs - this.#changedAt <= TRIAL_MS;
    const to = tried || this.#at <= LOWEST_WHOLE ? this.#at - 1 : LOWEST_WHOLE;
    // Pictures above the lowest layer break the sound as well when they are too much, so they are not tried again soon.
    if (tried || to === LOWEST_WHOLE)
      this.#climbAfter[to + 1] = Math.min((this.#climbAfter[to + 1] as number) * 2, CLIMB_AFTER_MAX_MS);
    return this.#move(to, nowMs, false);
  }

  #move(to: number, nowMs: number, climbed: boolean): boolean {
    this.#at = to;
    this.#changedAt = nowMs;
    this.#climbed = climbed;
    this.#bad = 0;
    this.#goodSince = undefined;
    return true;
  }
}
