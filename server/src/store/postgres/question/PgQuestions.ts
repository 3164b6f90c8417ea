import type { QuestionAsk, QuestionMoment } from '../../../domain/question/decide.ts';
import type { QuestionAct } from '../../../domain/question/facts.ts';
import type { AskedIn, QuestionMark, QuestionOutcome, QuestionStore } from '../../../domain/question/ports.ts';
import type { RecordRow } from '../../../domain/record/seal.ts';
import { JsonText } from '../../../lib/JsonText.ts';
import type { BriefingState } from '../../../protocol/briefing.ts';
import { refuse } from '../../../protocol/errors.ts';
import type { Person } from '../../../protocol/person.ts';
import { jsonbTime } from '../base/columns.ts';
import type { Postgres, Sql } from '../base/Postgres.ts';
import { pastReceipts, type RecordPlace } from '../record/pastReceipts.ts';
import { Batch, chainOfBriefing } from '../record/sealed.ts';

const ACTS = 'question_acts';
const COLUMNS = `a.briefing, a.seq, a.question, a.key, a.act, a.at, a.unit, a.path, a.words, a.desk, a.chosen, a.joined,
  a.account, a.account_name AS by, a.identity, a.address, a.person`;
type Place = RecordPlace & { readonly key: string; readonly question: string };

/** Questions in PostgreSQL: their acts, and nothing else. */
export class PgQuestions implements QuestionStore {
  readonly #postgres: Postgres;

  constructor(postgres: Postgres) {
    this.#postgres = postgres;
  }

  record(...[briefing, asks, decide]: Parameters<QuestionStore['record']>): Promise<readonly QuestionOutcome[]> {
    return this.#postgres.transaction((sql) => recordGroup(sql, briefing, asks, decide));
  }

  since(briefing: string, seq: number): Promise<readonly QuestionAct[]> {
    return this.#postgres.query<QuestionAct>(
      `SELECT ${COLUMNS} FROM ${ACTS} a WHERE a.briefing = $1 AND a.seq > $2 ORDER BY a.seq`,
      [briefing, seq],
    );
  }

  marks(): Promise<readonly QuestionMark[]> {
    return this.#postgres.query<QuestionMark>(
      `SELECT b.id AS briefing, a.seq FROM briefings b
       CROSS JOIN LATERAL (SELECT seq FROM ${ACTS} WHERE briefing = b.id ORDER BY seq DESC LIMIT 1) a
       WHERE b.state IN ('open', 'live')`,
    );
  }

  async askedBy(unit: string, limit: number): Promise<readonly AskedIn[]> {
    const rows = await this.#postgres.query<QuestionAct & { title: string }>(
      `WITH RECURSIVE newest AS (
         SELECT briefing, max(at) AS last FROM ${ACTS} WHERE unit = $1 GROUP BY briefing ORDER BY last DESC LIMIT $2),
       wanted (question) AS (
         SELECT question FROM ${ACTS} JOIN newest USING (briefing) WHERE unit = $1
         UNION SELECT a.joined FROM ${ACTS} a JOIN wanted w USING (question) WHERE a.joined IS NOT NULL)
       SELECT ${COLUMNS}, b.title FROM ${ACTS} a JOIN wanted w USING (question) JOIN newest USING (briefing)
       JOIN briefings b ON b.id = a.briefing ORDER BY newest.last DESC, a.briefing, a.seq`,
      [unit, limit],
    );
    return [...Map.groupBy(rows, ({ briefing }) => briefing)].map(([id, acts]) => ({
      id,
      title: acts[0]?.title ?? '',
      acts,
    }));
  }

  async underKey(briefing: string, unit: string, key: string): ReturnType<QuestionStore['underKey']> {
    // Read before what is recorded: so nothing more was, when it was over.
    const [of] = await this.#postgres.query<{ over: boolean }>(
      "SELECT state = 'closed' AS over FROM briefings WHERE id = $1",
      [briefing],
    );
    if (!of) throw refuse('not-found', 'there is no such briefing');
    const [place] = await this.#postgres.query<Place>(
      `${PLACE} WHERE key = $1 AND briefing = $2 AND unit = $3 AND act IN ('ask', 'change', 'withdraw')`,
      [key, briefing, unit],
    );
    const [receipt] = place ? await pastReceipts(this.#postgres, [place]) : [];
    return { over: of.over, done: place && receipt ? { question: place.question, receipt } : undefined };
  }
}

const PLACE = `SELECT '${ACTS}' AS table, chain, seal::float8 AS seal, leaf, key, question FROM ${ACTS}`;

/** One transaction under the lock of the chain, in a few round trips, however many ask. */
async function recordGroup(
  sql: Sql,
  briefing: string,
  asks: readonly QuestionAsk[],
  decide: Parameters<QuestionStore['record']>[2],
): Promise<readonly QuestionOutcome[]> {
  // A briefing whose doors were opened has a chain, so that all of this is read under its lock.
  const [facts, batch, seq, acts] = await Promise.all([
    holdBriefingFacts(sql, briefing),
    Batch.open(sql, chainOfBriefing(briefing)),
    lastSeq(sql, briefing),
    actsFor(sql, briefing, asks),
  ]);
  const { decisions, fresh } = decide({ now: batch.now, briefing: facts, seq, acts });
  const [leaves, seal] = await Promise.all([batch.append(ACTS, fresh.map(toRow)), batch.close()]);
  const written = new Map(fresh.map((act, i) => [act, leaves[i] as number]));
  const past = await receiptsOfPast(
    sql,
    asks.filter((ask, i) => {
      const decision = decisions[i];
      return ask.act !== 'decide' && decision && 'first' in decision && !decision.first;
    }),
  );
  return decisions.map((decision, i): QuestionOutcome => {
    if ('error' in decision) return decision;
    const { key, act } = asks[i] as QuestionAsk;
    const leaf = decision.acts[0] && written.get(decision.acts[0]);
    if (act === 'decide') return { ...decision, receipt: undefined };
    return { ...decision, receipt: leaf === undefined ? past.get(key) : seal?.written(leaf) };
  });
}

async function holdBriefingFacts(sql: Sql, id: string): Promise<QuestionMoment['briefing']> {
  const [row] = await sql.query<{ state: BriefingState; stage: string; closedAt: Date | null }>(
    `SELECT b.state, b.stage, b.closed_at AS "closedAt" FROM briefings b WHERE b.id = $1 FOR SHARE`,
    [id],
  );
  if (!row) throw refuse('not-found', 'there is no such briefing');
  return { id, ...row };
}

async function lastSeq(sql: Sql, briefing: string): Promise<number> {
  const [row] = await sql.query<{ seq: number }>(
    `SELECT seq FROM ${ACTS} WHERE briefing = $1 ORDER BY seq DESC LIMIT 1`,
    [briefing],
  );
  return row?.seq ?? 0;
}

/** On the questions that are named, under the keys, of the units that ask, and on those with which these were joined. */
function actsFor(sql: Sql, briefing: string, asks: readonly QuestionAsk[]): Promise<readonly QuestionAct[]> {
  const units = asks.flatMap(({ act, by }) => (act === 'decide' ? [] : [by.account.unit.code]));
  const named = asks.flatMap((ask) =>
    ask.act !== 'decide' ? [] : [...ask.questions, ...(ask.decision.act === 'join' ? [ask.decision.into] : [])],
  );
  return sql.query<QuestionAct>(
    `WITH RECURSIVE wanted (question) AS (
       SELECT question FROM ${ACTS} WHERE briefing = $1 AND unit = ANY ($2)
       UNION SELECT unnest($3::uuid[])
       UNION SELECT question FROM ${ACTS} WHERE key = ANY ($4::uuid[])
       UNION SELECT a.joined FROM ${ACTS} a JOIN wanted w USING (question) WHERE a.joined IS NOT NULL)
     SELECT ${COLUMNS} FROM ${ACTS} a JOIN wanted w USING (question) ORDER BY a.seq`,
    [briefing, units, named, asks.map(({ key }) => key)],
  );
}

/** DL8: who repeats what stood before gets its receipt, by the seal of then. */
async function receiptsOfPast(sql: Sql, asks: readonly QuestionAsk[]) {
  if (asks.length === 0) return new Map<string, never>();
  const places = await sql.query<Place>(`${PLACE} WHERE key = ANY ($1::uuid[])`, [asks.map(({ key }) => key)]);
  const receipts = await pastReceipts(sql, places);
  return new Map(receipts.map((receipt, i) => [(places[i] as Place).key, JsonText.of(receipt)]));
}

/** As `to_jsonb` writes it. */
const toRow = ({ by, at, person, ...act }: QuestionAct): RecordRow => ({
  ...act,
  at: jsonbTime(at),
  account_name: by,
  person: person satisfies Person | null,
});
