import type { RecordRow } from '../../../domain/record/seal.ts';
import type { AnswerStore, AskedRound } from '../../../domain/rollcall/ports.ts';
import type { BriefingState } from '../../../protocol/briefing.ts';
import type { Receipt } from '../../../protocol/record.ts';
import type { Postgres } from '../base/Postgres.ts';
import { readClock } from '../base/readClock.ts';
import { receiptsOf } from '../record/receipts.ts';
import { RESUBMITTED_AT, readRounds, toRecord } from './roundRows.ts';

interface Place {
  round: string;
  path: string;
  title: string;
  state: BriefingState;
}
/** Round by round, each by its key: who was asked is millions of rows, and the newest rounds are enough. */
const PLACE = `SELECT r.id AS round, u.path, b.title, b.state FROM rounds r JOIN briefings b ON b.id = r.briefing
  CROSS JOIN LATERAL (SELECT a.path FROM round_asked a WHERE a.round = r.id AND a.unit = $1 LIMIT 1) u`;

/** What is on record of single units: a few rows by their keys, whatever the number of units and rounds. */
export class PgAnswers implements AnswerStore {
  readonly #postgres: Postgres;

  constructor(postgres: Postgres) {
    this.#postgres = postgres;
  }

  async one(...[id, unit]: Parameters<AnswerStore['one']>): ReturnType<AnswerStore['one']> {
    const [now, places, rounds, closed] = await Promise.all([
      readClock(this.#postgres),
      this.#postgres.query<Place>(`${PLACE} WHERE r.id = $2`, [unit, id]),
      readRounds(this.#postgres, [id]),
      this.#postgres.query(
        `SELECT FROM round_states s JOIN briefings b ON b.id = s.briefing
         WHERE s.round = $1 AND (s.closed_at IS NOT NULL OR b.state = 'closed')`,
        [id],
      ),
    ]);
    // What is recorded is read last: nothing comes after the end.
    const [asked] = await this.#withRecords(unit, places);
    return { now, round: rounds.get(id)?.round, over: closed.length > 0, asked };
  }

  async ofUnit(...[unit, before, limit]: Parameters<AnswerStore['ofUnit']>): ReturnType<AnswerStore['ofUnit']> {
    const now = await readClock(this.#postgres);
    const places = await this.#postgres.query<Place>(
      `${PLACE} WHERE $2::uuid IS NULL OR (r.at, r.id) < (SELECT at, id FROM rounds WHERE id = $2)
       ORDER BY r.at DESC, r.id DESC LIMIT $3`,
      [unit, before ?? null, limit],
    );
    return { now, rounds: await this.#withRecords(unit, places) };
  }

  async #withRecords(unit: string, places: readonly Place[]): Promise<readonly AskedRound[]> {
    if (places.length === 0) return [];
    const ids = places.map(({ round }) => round);
    const [rounds, found] = await Promise.all([
      readRounds(this.#postgres, ids),
      this.#postgres.query<{ row: RecordRow; number: RecordRow | null; again: Date | null }>(
        `SELECT to_jsonb(e) AS row, to_jsonb(n) AS number, ${RESUBMITTED_AT} AS again FROM round_entries e
         LEFT JOIN round_number_answers n ON n.round = e.round AND n.seq = e.seq WHERE e.round = ANY ($1::uuid[]) AND e.unit = $2 ORDER BY e.round, e.seq`,
        [ids, unit],
      ),
    ]);
    const rows = found.map(({ row }) => row);
    const receipts = await receiptsOf(this.#postgres, 'round_entries', rows);
    const numbers = found.flatMap(({ number }) => (number ? [number] : []));
    const ofNumbers = await receiptsOf(this.#postgres, 'round_number_answers', numbers);
    const receiptOf = new Map(numbers.map((row, i) => [row, ofNumbers[i] as Receipt]));
    const records = found.map(({ row, number, again }, i) => {
      const numberReceipt = number && receiptOf.get(number);
      const record = toRecord(row, again, number);
      return { record, receipt: receipts[i] as Receipt, ...(numberReceipt && { numberReceipt }) };
    });
    return places.flatMap(({ round: id, path, title, state }) => {
      const round = rounds.get(id)?.round;
      if (!round) return [];
      return { round, briefing: { title, state }, unit, path, records: records.filter((r) => r.record.round === id) };
    });
  }
}
