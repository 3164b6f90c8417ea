import type { z } from 'zod';
import { refuse } from '../../protocol/errors.ts';
import type { Account, UnitCode } from '../../protocol/organisation.ts';
import type { AnswerAsk, Entered } from '../../protocol/rollcall.ts';
import type { answersQuerySchema, OwnAnswers, RoundHistory } from '../../protocol/rollcallRecords.ts';
import { at, demand } from '../shared/rights.ts';
import { seesSender } from '../shared/whoSeesWhom.ts';
import { answerAsk, isOwn } from './entryRules.ts';
import { REFUSALS } from './limits.ts';
import type { AnswerStore, AskedRound, RefusalStore } from './ports.ts';
import type { Refusals } from './Refusals.ts';
import { asSeatSees, type RoundFacts, stateAt } from './roundRules.ts';
import { toEntry } from './told.ts';

/** A device that asks over HTTP, and when its request came in. */
export interface Asker {
  readonly account: Account;
  readonly identity: string;
  readonly address: string;
  readonly received: Date;
}

/** RC21: what is on record of a unit's answers, for its people and the officials above, also when all is over. */
export class AnswerBook {
  readonly #store: AnswerStore;
  readonly #refused: Pick<RefusalStore, 'of'>;
  readonly #refusals: Refusals;

  constructor(parts: { store: AnswerStore; refused: Pick<RefusalStore, 'of'>; refusals: Refusals }) {
    this.#store = parts.store;
    this.#refused = parts.refused;
    this.#refusals = parts.refusals;
  }

  /** Rounds that asked the unit of the account, newest first. @throws DomainError `forbidden` */
  async own(account: Account, { before, limit }: z.output<typeof answersQuerySchema>): Promise<OwnAnswers> {
    const { code, path } = account.unit;
    demand(account, 'round.history', at(path));
    const { now, rounds } = await this.#store.ofUnit(code, before, limit + 1);
    const shown = rounds.slice(0, limit);
    return {
      answers: shown.map((asked) => ({
        briefing: asked.briefing.title,
        round: asSeatSees(asked.round, stateOf(asked, now)),
        entry: entryOf(asked, now),
        records: recordsOf(account, asked),
      })),
      refused: before === undefined ? await this.#refused.of(code, undefined, REFUSALS.shown) : [],
      next: rounds.length > limit ? (shown.at(-1)?.round.id ?? null) : null,
    };
  }

  /** Everything of one unit in a round. @throws DomainError `not-found`, `forbidden`, `outside-territory` */
  async history(account: Account, round: string, unit: UnitCode = account.unit.code): Promise<RoundHistory> {
    const { now, asked } = await this.#store.one(round, unit);
    // A unit that stands elsewhere in the tree by now still reads its own.
    const path = unit === account.unit.code ? account.unit.path : asked?.path;
    if (path === undefined) throw refuse('not-found', `the round does not ask ${unit}`);
    demand(account, 'round.history', at(path));
    if (!asked) throw refuse('not-found', 'this round does not ask your unit');
    const refused = await this.#refused.of(unit, round, REFUSALS.ofRound);
    return { entry: entryOf(asked, now), records: recordsOf(account, asked), refused };
  }

  /** The receipt of what is on record under a key of the unit. @returns null: nothing is. @throws DomainError `forbidden` */
  async recorded(account: Account, round: string, key: string): Promise<Entered | null> {
    demand(account, 'round.history', at(account.unit.path));
    const { now, asked } = await this.#store.one(round, account.unit.code);
    return receivedUnder(key, asked, now);
  }

  /**
   * What became of an answer whose acknowledgement did not come, said once more. @returns null: it is not on record, and may still come
   * to be: its round runs
   * @throws DomainError `too-late`: it is not on record and never will be; `not-found`, `forbidden`
   */
  async settle(asker: Asker, round: string, said: Omit<AnswerAsk, 'round'>): Promise<Entered | null> {
    const { account } = asker;
    const { code: unit, path } = account.unit;
    demand(account, 'round.answer', at(path));
    const { now, round: facts, over, asked } = await this.#store.one(round, unit);
    if (!facts) throw refuse('not-found', 'there is no such round');
    const found = receivedUnder(said.key, asked, now);
    if (found) return found;
    const by = { account: account.id, name: account.name, identity: asker.identity, address: asker.address };
    return this.#refusals.watch(answerAsk({ ...said, round }, unit, by, asker.received), async () => {
      if (!asked) throw refuse('not-found', 'there is no such round');
      // Read before what is recorded: so nothing more was, when it was over.
      if (over) throw refuse('too-late', 'the round is over, and this answer did not come in time');
      return null;
    });
  }
}

type Asked = Pick<AskedRound, 'round' | 'briefing' | 'path' | 'unit' | 'records'>;

const stateOf = ({ round, briefing }: { round: RoundFacts; briefing: AskedRound['briefing'] }, now: Date) =>
  briefing.state === 'closed' ? 'closed' : stateAt(round, now);

function entryOf(asked: Asked, now: Date) {
  const { round, unit, path, records } = asked;
  const facts = records.map(({ record }) => record);
  return toEntry({ round: round.id, unit, path }, facts, round.proof, stateOf(asked, now));
}

/** Of the unit's own: an official's key is theirs. */
function receivedUnder(key: string, asked: Asked | undefined, now: Date): Entered | null {
  const found = asked?.records.find(({ record }) => record.key === key && isOwn(record));
  if (!asked || !found) return null;
  const { receipt, numberReceipt } = found;
  return {
    entry: entryOf(asked, now),
    receipt,
    first: false,
    ...(numberReceipt && { number: { receipt: numberReceipt } }),
  };
}

/** A receipt shows where a record came from: that of an official's is theirs. */
const recordsOf = (reader: Account, { records }: Asked): RoundHistory['records'] =>
  records.map(({ record, receipt, numberReceipt }) => {
    const { kind, at, late, by, answerer, name, note, number, resubmittedAt: again } = record;
    const shown = seesSender(reader, isOwn({ kind }));
    const more = {
      ...(again && { resubmittedAt: again.toISOString() }),
      ...(number && { number: { ...number, receipt: (shown && numberReceipt) || null } }),
    };
    return { kind, at: at.toISOString(), late, by, answerer, name, note, ...more, receipt: shown ? receipt : null };
  });
