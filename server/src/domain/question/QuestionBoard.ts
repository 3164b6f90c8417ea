import type { UnitCode, UnitPath } from '../../protocol/organisation.ts';
import type { QuestionCount } from '../../protocol/question.ts';
import { liesIn, upFrom } from '../shared/territory.ts';
import { afterAct, isAnswered, type QuestionAct, type QuestionFacts, standsAt, stateOf } from './facts.ts';

/** Which questions and territories a few acts have moved. */
export interface Moved {
  /** Also those that stand where a moved one stands. */
  readonly questions: readonly QuestionFacts[];
  readonly paths: ReadonlySet<UnitPath>;
  /** Those that got an answer, or another one. */
  readonly answered: readonly QuestionFacts[];
}

type Counted = Exclude<keyof QuestionCount, 'asked'>;
const NONE: QuestionCount = { asked: 0, open: 0, chosen: 0, answered: 0, declined: 0 };

/** All questions of one briefing, as this node knows them. Whatever it is asked costs no more than what it answers. */
export class QuestionBoard {
  readonly briefing: string;
  #seq = 0;
  /** In the order of their last act. */
  readonly #questions = new Map<string, QuestionFacts>();
  readonly #byUnit = new Map<UnitCode, Set<string>>();
  /** By the question with which they were joined. */
  readonly #joined = new Map<string, Set<string>>();
  readonly #answered = new Set<string>();
  readonly #counts = new Map<UnitPath, QuestionCount>();
  readonly #counted = new Map<string, Counted | undefined>();

  constructor(briefing: string) {
    this.briefing = briefing;
  }

  get seq(): number {
    return this.#seq;
  }

  /** @param acts in their order. What is known is passed over. @returns false: something before them is missing */
  apply(acts: readonly QuestionAct[], moved: (moved: Moved) => void = () => undefined): boolean {
    const questions = new Map<string, QuestionFacts>();
    const answered = new Map<string, QuestionFacts>();
    const paths = new Set<UnitPath>();
    for (const act of acts) {
      if (act.seq <= this.#seq) continue;
      if (act.seq !== this.#seq + 1) break;
      this.#seq = act.seq;
      const after = afterAct(this.#questions.get(act.question), act);
      this.#questions.delete(after.id);
      this.#questions.set(after.id, after);
      add(this.#byUnit, after.unit, after.id);
      if (after.into !== null) add(this.#joined, after.into, after.id);
      if (act.act === 'air' || act.act === 'write') answered.set(after.id, after);
      if (isAnswered(after)) this.#answered.add(after.id);
      for (const one of this.#group(after)) {
        questions.set(one.id, one);
        this.#count(one);
        for (const path of upFrom(one.path)) paths.add(path);
      }
    }
    if (paths.size > 0) moved({ questions: [...questions.values()], paths, answered: [...answered.values()] });
    return (acts.at(-1)?.seq ?? 0) <= this.#seq;
  }

  get(id: string): QuestionFacts | undefined {
    return this.#questions.get(id);
  }

  ofUnit(unit: UnitCode): QuestionFacts[] {
    return [...(this.#byUnit.get(unit) ?? [])].flatMap((id) => this.#questions.get(id) ?? []);
  }

  /** QU8: the question where it stands. */
  counts(question: QuestionFacts): QuestionFacts {
    return standsAt(question, (id) => this.#questions.get(id));
  }

  /** How many stand where this one stands. */
  others(question: QuestionFacts): number {
    return this.#group(question).length - 1;
  }

  /** Of a territory, in the order of their last act. */
  *after(seq: number, territory: UnitPath): Generator<QuestionFacts> {
    const roots = new Set([territory]);
    for (const question of this.#questions.values())
      if (question.seq > seq && liesIn(question.path, roots)) yield question;
  }

  get answeredCount(): number {
    return this.#answered.size;
  }

  /** Those with an answer of their own, in the order in which that came. */
  answered(): QuestionFacts[] {
    const found = [...this.#answered].flatMap((id) => this.#questions.get(id) ?? []);
    const at = ({ air, written }: QuestionFacts): number => (air ?? written)?.at.getTime() ?? 0;
    return found.sort((a, b) => at(a) - at(b));
  }

  all(): Iterable<QuestionFacts> {
    return this.#questions.values();
  }

  count(territory: UnitPath): QuestionCount {
    return this.#counts.get(territory) ?? NONE;
  }

  /** Itself, and those that were joined with it. */
  #group(question: QuestionFacts): QuestionFacts[] {
    const joined = [...(this.#joined.get(question.id) ?? [])].flatMap((id) => this.#questions.get(id) ?? []);
    return [question, ...joined.flatMap((one) => this.#group(one))];
  }

  #count(question: QuestionFacts): void {
    const before = this.#counted.get(question.id);
    const isNew = !this.#counted.has(question.id);
    const now = countedAs(this.counts(question), question);
    if (!isNew && before === now) return;
    this.#counted.set(question.id, now);
    for (const path of upFrom(question.path)) {
      const count = { ...(this.#counts.get(path) ?? NONE) };
      if (isNew) count.asked += 1;
      if (before) count[before] -= 1;
      if (now) count[now] += 1;
      this.#counts.set(path, count);
    }
  }
}

function countedAs(counts: QuestionFacts, own: QuestionFacts): Counted | undefined {
  if (own.end?.kind === 'withdrawn') return undefined;
  const { kind } = stateOf(counts);
  if (kind === 'answered' || kind === 'declined' || kind === 'chosen') return kind;
  return kind === 'withdrawn' ? undefined : 'open';
}

function add<K>(sets: Map<K, Set<string>>, key: K, id: string): void {
  const set = sets.get(key);
  if (set) set.add(id);
  else sets.set(key, new Set([id]));
}
