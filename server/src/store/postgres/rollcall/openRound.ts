import { randomUUID } from 'node:crypto';
import type { SeenIn } from '../../../domain/figure/stage/StageFrames.ts';
import { rowsHash } from '../../../domain/record/rowsHash.ts';
import type { Opening, OpeningMoment } from '../../../domain/rollcall/opening.ts';
import type { AskedUnit, NewRound, RoundStore } from '../../../domain/rollcall/ports.ts';
import type { RoundFacts } from '../../../domain/rollcall/roundRules.ts';
import type { Sql } from '../base/Postgres.ts';
import { noteSeen } from '../figure/noteSeen.ts';
import { type Batch, chainOfBriefing, sealed } from '../record/sealed.ts';
import { closeRound } from './closeRound.ts';
import { holdBriefing, readEntries, readRounds, readUnits, readWhole, roundByKey } from './roundRows.ts';

type Parts = Parameters<RoundStore['open']>;

/** One round more, inside the caller's transaction. */
export async function openRound(
  sql: Sql,
  wanted: NewRound,
  decide: Parts[1],
  former: Parts[2],
  seen: SeenIn,
): ReturnType<RoundStore['open']> {
  const { briefing } = wanted;
  const state = await holdBriefing(sql, briefing);
  const { result } = await sealed(sql, chainOfBriefing(briefing), async (batch) => {
    const known = await roundByKey(sql, briefing, wanted.key);
    if (known) return { opened: await readWhole(sql, known), first: false, closed: undefined };
    const source = former ? await readFormer(sql, briefing, former) : await readExpected(sql, briefing);
    const opening = decide({ now: batch.now, briefing: state, lastNr: await lastNr(sql, briefing), source });
    const round = await write(sql, batch, wanted, opening);
    await noteSeen(sql, batch, seen(briefing), { act: 'round', subject: round.id, briefing });
    const { units, former: old } = opening;
    const closed = old?.closes ? await closeRound(sql, batch, old.round, wanted.by) : undefined;
    return { opened: { round, units, entries: [] }, first: true, closed };
  });
  return result;
}

async function readExpected(sql: Sql, briefing: string): Promise<OpeningMoment['source']> {
  const [units, [vouched]] = await Promise.all([
    sql.query<AskedUnit>('SELECT unit, path FROM briefing_expected WHERE briefing = $1 ORDER BY unit', [briefing]),
    sql.query('SELECT FROM briefing_acts WHERE briefing = $1 AND expected_hash IS NOT NULL LIMIT 1', [briefing]),
  ]);
  return { from: 'briefing', units, vouched: vouched !== undefined };
}

async function readFormer(
  sql: Sql,
  briefing: string,
  { round: id, whom }: NonNullable<Parts[2]>,
): Promise<OpeningMoment['source']> {
  const found = (await readRounds(sql, [id])).get(id)?.round;
  if (found?.briefing !== briefing) return { from: 'round', whom, round: undefined, units: [], entries: [] };
  const units = await readUnits(sql, id);
  return { from: 'round', whom, round: found, units, entries: whom === 'missing' ? await readEntries(sql, id, 0) : [] };
}

async function lastNr(sql: Sql, briefing: string): Promise<number> {
  const [last] = await sql.query<{ nr: number }>(
    `SELECT coalesce(max(nr), 0)::int + (SELECT coalesce(sum(numbers), 0)::int FROM restores
       WHERE chain = $2 AND at > coalesce(max(rounds.at), '-infinity')) AS nr FROM rounds WHERE briefing = $1`,
    [briefing, chainOfBriefing(briefing)],
  );
  return last?.nr ?? 0;
}

async function write(sql: Sql, batch: Batch, wanted: NewRound, opening: Opening): Promise<RoundFacts> {
  const { nr, openedAt, deadline, lateUntil, units, own, quorum, former } = opening;
  const { briefing, question, scope, repromptSeconds, answerers, proof, challenge, by } = wanted;
  const id = randomUUID();
  const expected = units.length;
  const reopens = former?.round.id ?? null;
  const { number, selection } = wanted;
  await Promise.all([
    // As JSON: the driver writes arrays of ten thousand texts slowly. PostgreSQL takes them while their hash is
    // computed here.
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
        units_hash: rowsHash(own.map(({ unit, path }) => ({ round: id, unit, path }))),
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
  if (number) {
    const { soft, ...asked } = number;
    await batch.insert('round_numbers', [{ round: id, ...asked, soft_min: soft?.[0], soft_max: soft?.[1] }]);
  }
  if (selection) await batch.insert('round_selections', [{ round: id, selection }]);
  return {
    ...{ id, briefing, nr, question, scope, expected, openedAt, deadline, lateUntil, closedAt: null },
    ...{ repromptSeconds, answerers, proof, challenge, quorum, reopens, by: by.name, version: 1 },
    ...(number && { number }),
    ...(selection && { selection }),
  };
}
