import { isDeepStrictEqual } from 'node:util';
import {
  after,
  afterRecall,
  type FollowActName,
  type FollowStatus,
  step,
  untouched,
} from '../../../../domain/directive/follow.ts';
import type { Sql } from '../../base/Postgres.ts';
import { type FollowRow, toStatus } from '../../directive/directiveRows.ts';
import { RESTORES_OF_YEAR } from '../sealed.ts';

const SHOWN = 20;

interface Act {
  unit: string;
  act: FollowActName;
  name: string | null;
  words: string | null;
  promised: string | null;
  at: string;
  seal: number;
  leaf: number;
}

/** AU6, AK13: where every addressee stands is what its acts, done again in their order, make of an untouched one. */
export async function checkFollows(sql: Sql): Promise<readonly string[]> {
  const problems: string[] = [];
  const directives = await sql.query<{ directive: string }>(
    `SELECT id AS directive FROM directives UNION SELECT directive FROM directive_follows
     UNION SELECT directive FROM directive_acts ORDER BY 1`,
  );
  for (const { directive } of directives) {
    if (problems.length >= SHOWN) break;
    problems.push(...(await differences(sql, directive)));
  }
  return problems.slice(0, SHOWN);
}

async function differences(sql: Sql, directive: string): Promise<string[]> {
  const told = await sql.query<{ unit: string; path: string; absentee: boolean }>(
    'SELECT unit, path, absentee FROM directive_addressees WHERE directive = $1',
    [directive],
  );
  const follows = await sql.query<{ follow: FollowRow }>(
    'SELECT to_jsonb(f) AS follow FROM directive_follows f WHERE directive = $1',
    [directive],
  );
  const { statuses, problems } = await replay(sql, directive, new Set(told.map(({ unit }) => unit)));
  const expected = new Map(
    told.map(({ unit, ...facts }) => [unit, { ...facts, status: statuses.get(unit) ?? untouched }]),
  );
  const current = new Map(
    follows.map(({ follow }) => {
      const { unit, path, absentee } = follow;
      return [unit, { path, absentee, status: toStatus(follow) }];
    }),
  );
  const differing = [...new Set([...expected.keys(), ...current.keys()])].filter(
    (unit) => !isDeepStrictEqual(expected.get(unit), current.get(unit)),
  );
  return [
    ...problems,
    ...differing.map(
      (unit) => `directive_follows (directive ${directive}, unit ${unit}) differs from what the acts on it say`,
    ),
  ];
}

async function replay(sql: Sql, directive: string, told: ReadonlySet<string>) {
  const acts = await sql.query<{ row: Act }>(
    'SELECT to_jsonb(a) AS row FROM directive_acts a WHERE directive = $1 ORDER BY seal, leaf',
    [directive],
  );
  const [end] = await sql.query<{ act: string; seal: number; leaf: number }>(
    'SELECT act, seal::float8, leaf FROM directive_ends WHERE directive = $1',
    [directive],
  );
  const statuses = new Map<string, FollowStatus>();
  const problems: string[] = [];
  const recall = () => {
    for (const unit of told) statuses.set(unit, afterRecall(statuses.get(unit) ?? untouched));
  };
  let ended = false;
  for (const { row } of acts) {
    const { unit, act } = row;
    if (end && !ended && (row.seal > end.seal || (row.seal === end.seal && row.leaf > end.leaf))) {
      ended = true;
      if (end.act === 'recall') recall();
    }
    const before = statuses.get(unit) ?? untouched;
    const next = step(before, act, ended && end?.act === 'supersede');
    if (!told.has(unit) || next.kind !== 'step')
      problems.push(`directive_acts (directive ${directive}, unit ${unit}): "${act}" could not be recorded there`);
    else statuses.set(unit, after(before, next.state, row));
  }
  if (end?.act === 'recall' && !ended) recall();
  return { statuses, problems };
}

/** AU6, DR1: numbers of an issuer in a year are 1, 2, 3 … up to the last that was given. */
export async function checkNumbers(sql: Sql): Promise<readonly string[]> {
  const rows = await sql.query<{ issuer: string; year: number }>(
    `WITH one AS (SELECT issuer, year, number, issued_at, lag(number, 1, 0) OVER w AS before, lag(issued_at) OVER w AS since FROM directives
         WINDOW w AS (PARTITION BY issuer, year ORDER BY number)),
       given AS (SELECT issuer, year, max(number) AS last, bool_or(number <> before + 1 + (SELECT coalesce(sum(r.numbers), 0)
           ${RESTORES_OF_YEAR.replace('$1::int', 'one.year')} AND r.at > coalesce(since, '-infinity') AND r.at <= issued_at)) AS broken
         FROM one GROUP BY 1, 2)
     SELECT issuer, year FROM given FULL JOIN directive_numbers n USING (issuer, year)
     WHERE given.last IS DISTINCT FROM n.last OR given.broken ORDER BY 1, 2 LIMIT ${SHOWN}`,
  );
  return rows.map(
    ({ issuer, year }) =>
      `directive_numbers (issuer ${issuer}, year ${year}) is not the last of numbers without gaps in directives`,
  );
}
