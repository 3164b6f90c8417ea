import { Dice } from '../../server/src/demo/figure/Dice.ts';
import type { Answerer } from '../../server/src/protocol/rollcall.ts';
import type { AskedNumber } from '../../server/src/protocol/rollcallNumber.ts';
import { people } from './looks.ts';

/** The mark at the end of all that made-up units write [DC4]. */
export const MARK = 'mô phỏng';

/** Shares of units, 0..1, and times of people, in seconds. */
const SHARES = { silent: 0.05, away: 0.02, late: 0.03, deputy: 0.08, substitute: 0.04, wrongDigits: 0.03 };
/** Of the units, those with a weak line, and of its packets those that never come. */
const WEAK_LINES = { share: 0.06, loss: 0.15 };
const CALL_SHARES = { missed: 0.1, refused: 0.07 };
const FOLLOW_SHARES = { unread: 0.1, asks: 0.06, refuses: 0.02, starts: 0.5, done: 0.35 };
const NUMBERS = 240;
/** The quickest answer, the usual delay after it, and the longest. */
const ANSWER_SECONDS = { least: 1.5, usual: 9, most: 110 };
const CALL_SECONDS = { least: 2, usual: 3, most: 15 };
/** Pages count three seconds down before they take the place (FL21). */
const TAKE_SECONDS = { least: 3, usual: 1, most: 8 };
const FOLLOW_SECONDS = { least: 6, usual: 45, most: 400 };
const LATE_SECONDS = { least: 3, usual: 20, most: 90 };

const absences = ['Chủ tịch và các phó chủ tịch đang đi kiểm tra đê', 'Mất điện toàn xã, đang chờ máy phát'];
const refusals = ['needs-a-minute', 'no-picture-or-sound', 'chair-absent'];
const undertakings = [
  'Xã đã họp, phân công Phó Chủ tịch phụ trách, báo cáo kết quả hằng ngày',
  'Phường triển khai ngay trong hôm nay và báo cáo trước thời hạn',
  'Đã giao các thôn rà soát, tổng hợp trong tuần',
];
const asks = ['Xin hướng dẫn rõ thêm đối tượng được hỗ trợ', 'Kinh phí lấy từ nguồn nào, đề nghị cho biết'];
const declines = ['Địa bàn xã không có đối tượng này, đề nghị xem lại'];
const results = ['Đã hoàn thành, có báo cáo kèm theo'];
const questions = [
  'Vật tư dự trữ của xã còn ba ngày, khi nào được cấp thêm?',
  'Trường học trên địa bàn có cho nghỉ học ngày mai không?',
  'Đề nghị cho biết thời gian cấp bù kinh phí phòng chống thiên tai.',
  'Đường vào hai thôn bị chia cắt, xin phương tiện hỗ trợ.',
];

const marked = (words: string): string => `${words} (${MARK})`;
const oneOf = <T>(dice: Dice, some: readonly T[]): T => some[dice.below(some.length)] as T;

/** Name of a made-up substitute: the server refuses a substitute's answer without one. */
export const SUBSTITUTE = marked('Cán bộ văn phòng');

/** Of a person, in seconds. */
interface Delay {
  readonly least: number;
  readonly usual: number;
  readonly most: number;
}

export type RoundAnswer =
  | { readonly kind: 'silent' }
  | { readonly kind: 'away'; readonly afterMs: number; readonly absence: string }
  | { readonly kind: 'present'; readonly afterMs: number; readonly answerer: Answerer }
  /** So long after the deadline. */
  | { readonly kind: 'late'; readonly lateMs: number; readonly answerer: Answerer };

export type CallAnswer =
  | { readonly kind: 'missed' }
  | { readonly kind: 'refused'; readonly afterMs: number; readonly why: string }
  | { readonly kind: 'accepted'; readonly afterMs: number };

export interface FollowStep {
  readonly afterMs: number;
  readonly act:
    | { readonly act: 'read' }
    | { readonly act: 'acknowledge'; readonly name: string; readonly words: string }
    | { readonly act: 'refuse'; readonly name: string; readonly words: string }
    | { readonly act: 'ask'; readonly words: string }
    | { readonly act: 'start' }
    | { readonly act: 'done'; readonly words: string };
}

export interface Wish {
  readonly kind: 'hand' | 'question' | 'drop';
  readonly afterMs: number;
  readonly words: string;
}

/**
 * The behaviour of one made-up unit. All of it is decided by the seed, the unit and what is asked, so a run can be repeated, and
 * another seed makes another one [DC3].
 */
export class Manners {
  readonly #seed: number;
  readonly #unit: string;
  readonly #hurry: number;

  /** @param seed of the whole crowd @param unit code of the unit @param hurry so many times quicker than people */
  constructor(seed: number, unit: string, hurry = 1) {
    this.#seed = seed;
    this.#unit = unit;
    this.#hurry = hurry;
  }

  /** When the unit comes: half with the first wave, the others with two more. @param overMs time from first to last */
  arrivalMs(overMs: number): number {
    const dice = this.#dice('arrival');
    const wave = dice.chance(0.5) ? 0 : dice.chance(0.6) ? 1 : 2;
    return Math.round(((wave + dice.next() * 0.8) / 3) * overMs);
  }

  /** Index in `people` of the face that the unit has on air, unless another unit has it there. */
  person(): number {
    return this.#dice('person').below(people.length);
  }

  /** Share of the packets that are lost on the unit's line, 0..1. */
  loss(): number {
    return this.#dice('line').chance(WEAK_LINES.share) ? WEAK_LINES.loss : 0;
  }

  /** @param round id of a roll-call */
  answer(round: string): RoundAnswer {
    const dice = this.#dice(`round ${round}`);
    const luck = dice.next();
    let below = SHARES.silent;
    if (luck < below) return { kind: 'silent' };
    const afterMs = this.#delayMs(dice, ANSWER_SECONDS);
    below += SHARES.away;
    if (luck < below) return { kind: 'away', afterMs, absence: marked(oneOf(dice, absences)) };
    const who = dice.next();
    const answerer =
      who < SHARES.substitute ? 'substitute' : who < SHARES.substitute + SHARES.deputy ? 'deputy' : 'chair';
    below += SHARES.late;
    if (luck < below) return { kind: 'late', lateMs: this.#delayMs(dice, LATE_SECONDS), answerer };
    return { kind: 'present', afterMs, answerer };
  }

  /**
   * Whether the unit types two digits, which it cannot see, before the deadline: they are wrong then. All others wait until
   * late answers are taken, which need none. @returns undefined: it types nothing
   */
  guess(round: string): string | undefined {
    const dice = this.#dice(`digits ${round}`);
    return dice.chance(SHARES.wrongDigits) ? String(dice.below(100)).padStart(2, '0') : undefined;
  }

  /** The number that a round asks for, in its smallest steps: small at most units, large at few. */
  number(round: string, { min, max, soft }: Pick<AskedNumber, 'min' | 'max' | 'soft'>): number {
    const [least, most] = soft ?? [min, Math.min(max, min + NUMBERS)];
    return Math.round(least + (most - least) * this.#dice(`number ${round}`).next() ** 4);
  }

  /** How long after the deadline the unit answers a round whose digits it cannot see, ms. */
  unseenMs(round: string): number {
    return this.#delayMs(this.#dice(`unseen ${round}`), LATE_SECONDS);
  }

  /** @param call id of a call that rings at the unit */
  call(call: string): CallAnswer {
    const dice = this.#dice(`call ${call}`);
    const luck = dice.next();
    if (luck < CALL_SHARES.missed) return { kind: 'missed' };
    const afterMs = this.#delayMs(dice, CALL_SECONDS);
    if (luck < CALL_SHARES.missed + CALL_SHARES.refused)
      return { kind: 'refused', afterMs, why: oneOf(dice, refusals) };
    return { kind: 'accepted', afterMs };
  }

  /** How long an invitation to the stage is looked at, ms. @param at when it came */
  takeMs(at: string): number {
    return this.#delayMs(this.#dice(`invited ${at}`), TAKE_SECONDS);
  }

  /** The steps of the unit with a directive; `afterMs` counts from the step before. @param directive its id */
  follow(directive: string): readonly FollowStep[] {
    const dice = this.#dice(`directive ${directive}`);
    const step = (act: FollowStep['act']): FollowStep => ({ afterMs: this.#delayMs(dice, FOLLOW_SECONDS), act });
    if (dice.chance(FOLLOW_SHARES.unread)) return [];
    const read = step({ act: 'read' });
    const name = marked('Chủ tịch');
    if (dice.chance(FOLLOW_SHARES.refuses))
      return [read, step({ act: 'refuse', name, words: marked(oneOf(dice, declines)) })];
    const asked = dice.chance(FOLLOW_SHARES.asks) ? [step({ act: 'ask', words: marked(oneOf(dice, asks)) })] : [];
    const taken = step({ act: 'acknowledge', name, words: marked(oneOf(dice, undertakings)) });
    if (!dice.chance(FOLLOW_SHARES.starts)) return [read, ...asked, taken];
    const started = step({ act: 'start' });
    const done = dice.chance(FOLLOW_SHARES.done) ? [step({ act: 'done', words: marked(oneOf(dice, results)) })] : [];
    return [read, ...asked, taken, started, ...done];
  }

  /**
   * Wishes of the unit within a stretch of time: a hand, a question, a line that drops for a while.
   * @param turn which stretch of time it is, from 0 @param withinMs its length
   */
  wishes(turn: number, withinMs: number): readonly Wish[] {
    const dice = this.#dice(`wishes ${turn}`);
    const some: [Wish['kind'], number][] = [
      ['hand', 0.02],
      ['question', 0.008],
      ['drop', 0.02],
    ];
    return some
      .filter(([, share]) => dice.chance(share))
      .map(([kind]) => ({ kind, afterMs: dice.below(withinMs), words: marked(oneOf(dice, questions)) }));
  }

  #dice(about: string): Dice {
    return new Dice(this.#seed, `${this.#unit} ${about}`);
  }

  /** Few are quick, most take about the usual, some take long. */
  #delayMs(dice: Dice, { least, usual, most }: Delay): number {
    return Math.round((1_000 * Math.min(most, least - Math.log(1 - dice.next()) * usual)) / this.#hurry);
  }
}
