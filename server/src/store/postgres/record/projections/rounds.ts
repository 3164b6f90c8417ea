import { countsAsOf, finalCounts } from '../../../../domain/rollcall/ending.ts';
import type { EntryRecord } from '../../../../domain/rollcall/entryRules.ts';
import type { Proof } from '../../../../protocol/rollcall.ts';
import type { Sql } from '../../base/Postgres.ts';

/** As the view `round_asked` was made: verification asks no view, which somebody may have replaced. */
const ASKED = `(SELECT round, unit FROM public.round_units UNION ALL SELECT r.id, e.unit FROM public.rounds r
  JOIN public.briefing_expected e ON e.briefing = r.briefing
  WHERE r.units_hash = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855')`;

const DIFFERING = `WITH acts AS (
  SELECT round, max(version) AS version, max(at) FILTER (WHERE act = 'close') AS closed_at,
    (array_agg(deadline ORDER BY version DESC) FILTER (WHERE act = 'extend'))[1] AS deadline,
    (array_agg(late_until ORDER BY version DESC) FILTER (WHERE act = 'extend'))[1] AS late_until
  FROM round_acts GROUP BY round),
entries AS (SELECT round, count(*) AS entries, max(seq) AS seq FROM round_entries GROUP BY round)
SELECT coalesce(r.id, s.round) AS id, array_remove(ARRAY[
    CASE WHEN r.id IS NULL OR s.round IS NULL THEN 'its existence' END,
    CASE WHEN s.briefing <> r.briefing THEN 'briefing' END,
    CASE WHEN s.version <> coalesce(a.version, 1) THEN 'version' END,
    CASE WHEN s.deadline <> coalesce(a.deadline, r.deadline) THEN 'deadline' END,
    CASE WHEN s.late_until <> coalesce(a.late_until, r.late_until) THEN 'late_until' END,
    CASE WHEN s.closed_at IS DISTINCT FROM a.closed_at THEN 'closed_at' END,
    CASE WHEN s.seq <> coalesce(e.seq, 0) OR s.seq <> coalesce(e.entries, 0) THEN 'seq' END
  ], NULL) AS columns
FROM rounds r FULL JOIN round_states s ON s.round = r.id LEFT JOIN acts a ON a.round = r.id LEFT JOIN entries e ON e.round = r.id`;

/**
 * RC20, RC25: corrections of nothing, or of what somebody else has answered. An absence is the first answer of its unit, or
 * corrects its own.
 */
const ASTRAY = `SELECT e.round, e.unit FROM round_entries e WHERE e.kind = 'correction' AND NOT EXISTS
  (SELECT FROM round_entries a WHERE a.round = e.round AND a.unit = e.unit AND a.kind IN ('answer', 'absence') AND a.seq < e.seq
   AND a.account = e.account)
  OR e.kind IN ('answer', 'absence') AND EXISTS
  (SELECT FROM round_entries a WHERE a.round = e.round AND a.unit = e.unit AND a.kind IN ('answer', 'correction', 'absence')
   AND a.seq < e.seq AND (e.kind = 'answer' OR a.account <> e.account)) ORDER BY e.round, e.seq LIMIT 20`;

/** FG30: numbers that came with no entry of that unit, or to a round that asks for none. */
const ADRIFT = `SELECT a.round, a.unit FROM round_number_answers a WHERE NOT EXISTS
  (SELECT FROM round_entries e JOIN round_numbers n ON n.round = e.round WHERE e.round = a.round AND e.seq = a.seq AND e.unit = a.unit
   AND e.kind IN ('answer', 'correction', 'official', 'number')) ORDER BY a.round, a.seq LIMIT 20`;

/** FG67: units that were asked by a selection which does not have them. */
const BEYOND = `SELECT s.round, u.unit FROM round_selections s JOIN ${ASKED} u ON u.round = s.round WHERE NOT EXISTS
  (SELECT FROM figure_selection_units f WHERE f.selection = s.selection AND f.unit = u.unit) ORDER BY s.round, u.unit LIMIT 20`;

/** RC8: whatever was recorded after the closing, but for numbers (FG30) and what was sent again after a restore (RS3). */
const BELATED = `SELECT DISTINCT e.round, e.unit, e.seq, e.kind FROM round_acts a JOIN round_entries e ON e.round = a.round AND e.chain = a.chain AND e.seal > a.seal
  WHERE a.act = 'close' AND e.kind <> 'number' AND NOT EXISTS (SELECT FROM resubmissions s
    WHERE (s.chain, s.seal, s.about, s.unit, s.key) = (e.chain, e.seal, e.round, e.unit, e.key) AND s.fate = 'taken') ORDER BY 1, 3 LIMIT 20`;

/**
 * AU6: rounds stand where their acts and entries left them, every entry is one of a unit that was asked, every
 * correction one of its own answer, every number came with an entry, and a selection names whom its rounds asked.
 */
export async function checkRounds(sql: Sql): Promise<readonly string[]> {
  const states = await sql.query<{ id: string; columns: string[] }>(
    `SELECT * FROM (${DIFFERING}) d WHERE cardinality(columns) > 0 ORDER BY id LIMIT 20`,
  );
  const strangers = await sql.query<{ round: string; unit: string }>(
    `SELECT round, unit FROM round_entries e WHERE NOT EXISTS
       (SELECT FROM ${ASKED} u WHERE u.round = e.round AND u.unit = e.unit) ORDER BY round, seq LIMIT 20`,
  );
  const astray = await sql.query<{ round: string; unit: string }>(ASTRAY);
  const beyond = await sql.query<{ round: string; unit: string }>(BEYOND);
  const adrift = await sql.query<{ round: string; unit: string }>(ADRIFT);
  const belated = await sql.query<{ round: string; unit: string; kind: string }>(BELATED);
  return [
    ...states.map(
      ({ id, columns }) => `round_states (round ${id}): ${columns.join(', ')} differ from what its record says`,
    ),
    ...strangers.map(({ round, unit }) => `round_entries (round ${round}): ${unit} was not asked`),
    ...astray.map(({ round, unit }) => `round_entries (round ${round}): ${unit} corrects what it has not answered`),
    ...belated.map(
      ({ round, unit, kind }) =>
        `round_entries (round ${round}): ${unit} has an entry (${kind}) after the round was closed`,
    ),
    ...adrift.map(({ round, unit }) => `round_number_answers (round ${round}): ${unit} has a number without an entry`),
    ...beyond.map(({ round, unit }) => `round_selections (round ${round}): ${unit} is not in its selection`),
    ...(await wrongCounts(sql)),
  ];
}

const SHOWN = 20;

/** AU36: what was counted when a round was closed is what its entries until then say, and as many were asked as it says. */
async function wrongCounts(sql: Sql): Promise<string[]> {
  const problems: string[] = [];
  const asked = await sql.query<{ round: string; expected: number; units: number }>(
    `SELECT r.id AS round, r.expected, count(u.unit)::int AS units FROM rounds r LEFT JOIN ${ASKED} u ON u.round = r.id
     GROUP BY r.id, r.expected HAVING count(u.unit) <> r.expected ORDER BY 1 LIMIT ${SHOWN}`,
  );
  for (const { round, expected, units } of asked)
    problems.push(`rounds (round ${round}): it says that ${expected} units were asked, and ${units} are on record`);
  const closed = await sql.query<Closed & Record<string, unknown>>(
    `SELECT a.round, r.proof, r.expected, a.counts, a.chain, a.seal FROM round_acts a JOIN rounds r ON r.id = a.round
     WHERE a.act = 'close' ORDER BY a.chain, a.seal`,
  );
  for (const { round, proof, expected, counts, chain, seal } of closed) {
    if (problems.length >= SHOWN) break;
    const entries = await sql.query<Pick<EntryRecord, 'unit' | 'kind' | 'late' | 'answerer'>>(
      'SELECT unit, kind, late, answerer FROM round_entries WHERE round = $1 AND chain = $2 AND seal <= $3 ORDER BY seq',
      [round, chain, seal],
    );
    const found: Counts = countsAsOf(counts, finalCounts({ proof, expected }, entries));
    for (const state of Object.keys({ ...counts, ...found }))
      if ((counts[state] ?? 0) !== (found[state] ?? 0))
        problems.push(
          `round_acts (round ${round}): ${counts[state] ?? 0} units were counted as ${state} when it was closed, and its entries say ${found[state] ?? 0}`,
        );
  }
  return problems.slice(0, SHOWN);
}

type Counts = Readonly<Record<string, number>>;

interface Closed {
  readonly round: string;
  readonly proof: Proof;
  readonly expected: number;
  readonly counts: Counts;
  readonly chain: string;
  readonly seal: string;
}
