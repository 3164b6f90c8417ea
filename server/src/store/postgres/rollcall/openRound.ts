import { randomUUID } from 'node:crypto';
import { coveredHash } from '../../../domain/record/covered.ts';
import { entryState, NOTHING, type UnitFacts } from '../../../domain/rollcall/entryRules.ts';
import type { AskedUnit, NewRound, RoundStore } from '../../../domain/rollcall/ports.ts';
import { type RoundFacts, stateAt } from '../../../domain/rollcall/roundRules.ts';
import { liesIn } from '../../../domain/shared/territory.ts';
import { refuse } from '../../../protocol/errors.ts';
import type { Sql } from '../base/Postgres.ts';
import { type Batch, chainOfBriefing, sealed } from '../record/sealed.ts';
import { closeRound } from './closeRound.ts';
import { holdBriefing, readEntries, readRounds, readUnits, readWhole, roundByKey } from './roundRows.ts';

type Opening = Awaited<ReturnType<RoundStore['open']>>;
type Again = NonNullable<Parameters<RoundStore['open']>[2]>;
type QuorumUnits = Parameters<RoundStore['open']>[1];

/** RC1, RC2, RC5: one round more, inside the caller's transaction. */
export async function openRound(sql: Sql, wanted: NewRound, quorumUnits: QuorumUnits, of?: Again): Promise<Opening> {
  const state = await holdBriefing(sql, wanted.briefing);
  const { result } = await sealed(sql, chainOfBriefing(wanted.briefing), async (batch) => {
    const known = await roundByKey(sql, wanted.briefing, wanted.key);
    if (known) return { opened: await readWhole(sql, known), first: false, closed: undefined };
    if (state === 'scheduled') throw refuse('not-live', 'the briefing is not open yet');
    if (state === 'closed') throw refuse('briefing-closed', 'this briefing is over');
    const old = of && (await readRounds(sql, [of.round])).get(of.round)?.round;
    if (of && old?.briefing !== wanted.briefing) throw refuse('not-found', 'there is no such round');
    const asked = old && of ? await askedAgain(sql, old, of.whom, batch.now) : await expectedIn(sql, wanted);
    const { units } = asked;
    const round = await write(sql, batch, wanted, asked, quorumUnits(units), old?.id ?? null);
    const closed = old && old.closedAt === null ? await closeRound(sql, batch, old, wanted.by) : undefined;
    return { opened: { round, units, entries: [] }, first: true, closed };
  });
  return result;
}

/** Units by `unit`. */
interface Asked {
  readonly units: readonly AskedUnit[];
  /** They are all that the briefing expects, which has its own hash. */
  readonly all: boolean;
}

/** RC1: units that the briefing expects in the scope. @throws DomainError `bad-request`: nobody */
async function expectedIn(sql: Sql, { briefing, scope }: NewRound): Promise<Asked> {
  const roots = new Set(scope);
  const [expected, [vouched]] = await Promise.all([
    sql.query<AskedUnit>('SELECT unit, path FROM briefing_expected WHERE briefing = $1 ORDER BY unit', [briefing]),
    sql.query('SELECT FROM briefing_acts WHERE briefing = $1 AND expected_hash IS NOT NULL LIMIT 1', [briefing]),
  ]);
  const units = expected.filter(({ path }) => liesIn(path, roots));
  if (units.length === 0) throw refuse('bad-request', 'scope: the briefing expects nobody there');
  return { units, all: units.length === expected.length && vouched !== undefined };
}

/** RC5. @throws DomainError `conflict`: nobody is missing */
async function askedAgain(sql: Sql, old: RoundFacts, whom: Again['whom'], now: Date): Promise<Asked> {
  const units = await readUnits(sql, old.id);
  if (whom === 'all') return { units, all: false };
  const facts = new Map<string, UnitFacts>();
  for (const record of await readEntries(sql, old.id, 0))
    facts.set(record.unit, { ...facts.get(record.unit), [record.kind]: record });
  const state = stateAt(old, now);
  const missing = units.filter(({ unit }) => {
    const entry = entryState(facts.get(unit) ?? NOTHING, old.proof, state);
    return entry === 'called' || entry === 'absent';
  });
  if (missing.length === 0) throw refuse('conflict', 'nobody is missing in that round');
  return { units: missing, all: false };
}

async function write(
  sql: Sql,
  batch: Batch,
  wanted: NewRound,
  asked: Asked,
  quorumUnits: readonly string[] | null,
  reopens: string | null,
): Promise<RoundFacts> {
  const { units, all } = asked;
  const own = all ? [] : units;
  const { briefing, question, scope, repromptSeconds, answerers, proof, challenge, by } = wanted;
  const id = randomUUID();
  const [last] = await sql.query<{ nr: number }>(
    'SELECT coalesce(max(nr), 0)::int AS nr FROM rounds WHERE briefing = $1',
    [briefing],
  );
  const openedAt = batch.now;
  const deadline = new Date(openedAt.getTime() + wanted.seconds * 1000);
  const lateUntil = new Date(deadline.getTime() + wanted.lateSeconds * 1000);
  const quorum = wanted.quorum && quorumUnits && { ...wanted.quorum, units: quorumUnits };
  const nr = (last?.nr ?? 0) + 1;
  const expected = units.length;
  await Promise.all([
    // As JSON: the driver writes arrays of ten thousand texts slowly. PostgreSQL takes them while their hash is computed here.
    own.length > 0 &&
      sql.query(
        'INSERT INTO round_units (round, unit, path) SELECT $1, u.unit, u.path FROM json_to_recordset($2) u (unit text, path text)',
        [id, JSON.stringify(own)],
      ),
    batch.insert('rounds', [
      {
        id,
        briefing,
        nr,
        key: wanted.key,
        question,
        scope,
        expected,
        units_hash: coveredHash(own.map(({ unit, path }) => ({ round: id, unit, path }))),
        at: openedAt,
        deadline,
        late_until: lateUntil,
        reprompt_seconds: repromptSeconds,
        answerers,
        proof,
        challenge,
        quorum_tier: quorum?.tier,
        quorum_percent: quorum?.percent,
        quorum_units: quorum?.units,
        reopens,
        account: by.account,
        account_name: by.name,
      },
    ]),
    sql.query(
      `INSERT INTO round_states (round, briefing, version, deadline, late_until, seq) VALUES ($1, $2, 1, $3, $4, 0)`,
      [id, briefing, deadline, lateUntil],
    ),
  ]);
  return {
    ...{ id, briefing, nr, question, scope, expected, openedAt, deadline, lateUntil, closedAt: null },
    ...{ repromptSeconds, answerers, proof, challenge, quorum, reopens, by: by.name, version: 1 },
  };
}
