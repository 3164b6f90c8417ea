/** What figures there are, who may send them in, and files of them: checked or recorded. usage: npm run dh -- figures source|indicator|import|check */
import { createReadStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { constants, setPriority } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { backFill, type FillStep } from '../../server/src/domain/figure/backFill.ts';
import { kindOf as kindOfSource } from '../../server/src/domain/figure/definitions.ts';
import { FigureIntake } from '../../server/src/domain/figure/FigureIntake.ts';
import { csvTable } from '../../server/src/domain/figure/formats/csvTable.ts';
import { type BatchType, readBatch } from '../../server/src/domain/figure/formats/readBatch.ts';
import { gunzipped } from '../../server/src/domain/figure/formats/unpacked.ts';
import { hashOfKey, newSourceKey } from '../../server/src/domain/figure/SourceKeys.ts';
import { Units } from '../../server/src/domain/organisation/Units.ts';
import { printable } from '../../server/src/lib/printable.ts';
import { indicatorCodeSchema } from '../../server/src/protocol/figure.ts';
import type { RowError } from '../../server/src/protocol/figureBatch.ts';
import { figureSourceSchema, indicatorSchema } from '../../server/src/protocol/figureDefinition.ts';
import { LONGEST_NAME } from '../../server/src/protocol/limits.ts';
import { name as nameOf } from '../../server/src/protocol/name.ts';
import { unitCodeSchema } from '../../server/src/protocol/organisation.ts';
import type { Postgres } from '../../server/src/store/postgres/base/Postgres.ts';
import { PgFigureDefinitions } from '../../server/src/store/postgres/figure/PgFigureDefinitions.ts';
import { PgFigureIntake } from '../../server/src/store/postgres/figure/PgFigureIntake.ts';
import { PgFillPace } from '../../server/src/store/postgres/figure/PgFillPace.ts';
import { PgSourceCodes, type SourceCode } from '../../server/src/store/postgres/figure/PgSourceCodes.ts';
import { PgSourceKeys } from '../../server/src/store/postgres/figure/PgSourceKeys.ts';
import { PgUnits } from '../../server/src/store/postgres/organisation/PgUnits.ts';
import { runCommand, withDatabase } from '../support/openDatabase.ts';

const usage = `usage: npm run dh -- figures indicator add FILE   defines what is in FILE (JSON: one, or a list), or gives it its next version
       npm run dh -- figures indicator list
       npm run dh -- figures source add CODE --name NAME --root UNIT --indicators CODE,CODE [--rank N] [--simulated] [--kind push|pull|form|upload]
       npm run dh -- figures source list
       npm run dh -- figures source key CODE                prints a new key; the one before is good until the next, or:
       npm run dh -- figures source withdraw CODE [--old]   no key is good any more; with --old none but the newest
       npm run dh -- figures source codes CODE FILE         its own codes: CSV of kind (unit or indicator), theirs, ours
       npm run dh -- figures import FILE --source CODE [--reason TEXT] [--dry]   records a file of any length, in batches
       npm run dh -- figures check FILE [--english]         what is wrong with the form of a file; nothing is written

A source that is added again is changed. Its kind is for ever: a platform pushes, a platform is asked (FIGURE_PULLS_FILE), units type in a form, people upload. The best rank is 1: where two sources have a value, the better one counts. Keys are printed
once, to this terminal; the database has their hashes. FILE is NDJSON (.ndjson), CSV (.csv), SDMX-CSV (.sdmx.csv) or, of check alone, DHIS2's
dataValueSets (.json), also packed (.gz). An import that was stopped goes on where it was, when it is begun again with the same file.
How figures are sent to a server: docs/figures/sending.md.`;

const types: readonly (readonly [ending: string, type: BatchType])[] = [
  ['.sdmx.csv', 'application/vnd.sdmx.data+csv'],
  ['.csv', 'text/csv'],
  ['.ndjson', 'application/x-ndjson'],
  ['.json', 'application/json'],
];
/** On record as an act of the command line. */
const BY = { account: null, name: 'dh figures' };
const MOST_CODES = 100_000;
const codeSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('unit'), theirs: z.string().min(1), ours: unitCodeSchema }),
  z.object({ kind: z.literal('indicator'), theirs: z.string().min(1), ours: indicatorCodeSchema }),
]);
const wanted = indicatorSchema.omit({ version: true });

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    name: { type: 'string' },
    root: { type: 'string' },
    indicators: { type: 'string' },
    rank: { type: 'string', default: '1' },
    simulated: { type: 'boolean', default: false },
    kind: { type: 'string' },
    old: { type: 'boolean', default: false },
    source: { type: 'string' },
    reason: { type: 'string' },
    dry: { type: 'boolean', default: false },
    english: { type: 'boolean', default: false },
    help: { type: 'boolean' },
  },
});
const [what, act = '', named = '', table = ''] = positionals;

runCommand(usage, async () => {
  if (what === 'check' && act) return check(act);
  if (what === 'import' && act && values.source)
    return withDatabase((postgres) => fill(postgres, act, values.source ?? ''));
  const wants = act === 'list' ? positionals.length === 2 : named !== '';
  if (what === 'indicator' && wants && (act === 'add' || act === 'list')) await withDatabase(indicators);
  else if (what === 'source' && wants && ['add', 'list', 'key', 'withdraw', 'codes'].includes(act))
    await withDatabase(sources);
  else throw new Error(usage);
});

async function indicators(postgres: Postgres): Promise<void> {
  const definitions = new PgFigureDefinitions(postgres);
  if (act === 'list') {
    for (const { code, version, every, up, name, unit, simulated } of (await definitions.load()).indicators.values())
      console.log(`${code} (${version}): ${name.vi}, ${unit.vi}, ${every}, ${up}${simulated ? ', simulated' : ''}`);
    return;
  }
  const read: unknown = JSON.parse(await readFile(named, 'utf8'));
  const all = (Array.isArray(read) ? read : [read]).map((one) => demand(wanted, one));
  for (const one of all)
    console.log((await definitions.putIndicator(one, BY)) === undefined ? `${one.code} is as it was` : one.code);
}

async function sources(postgres: Postgres): Promise<void> {
  const [definitions, keys] = [new PgFigureDefinitions(postgres), new PgSourceKeys(postgres)];
  if (act === 'list') {
    const made = await keys.made();
    for (const source of (await definitions.load()).sources.values()) {
      const since = (made.get(source.code) ?? []).map((at) => at.toISOString()).join(' and ') || 'none';
      console.log(
        `${source.code}: ${source.name}, by ${kindOfSource(source)}, rank ${source.rank}, ${source.root}, ${source.indicators.join(' ')}` +
          `${source.simulated ? ', simulated' : ''}; keys: ${since}`,
      );
    }
  } else if (act === 'add') {
    const { name, root, indicators: codes = '', rank, simulated, kind } = values;
    const list = codes.split(',').filter(Boolean);
    const source = demand(figureSourceSchema, {
      code: named,
      name: demand(nameOf(LONGEST_NAME), name),
      rank: Number(rank),
      root,
      indicators: list,
      simulated,
      ...(kind !== undefined && { kind }),
    });
    (await Units.create(new PgUnits(postgres))).get(source.root);
    await definitions.putSource(source, BY);
  } else if (act === 'codes') {
    const codes = await readCodes(table);
    await new PgSourceCodes(postgres).replace(named, codes);
    console.log(`${codes.length} codes`);
  } else if (act === 'key') {
    const key = newSourceKey();
    await keys.add(named, hashOfKey(key));
    console.log(key);
  } else {
    const ended = await keys.withdraw(named, values.old ? 1 : 0);
    console.log(ended === 1 ? 'one key is good no more' : `${ended} keys are good no more`);
  }
}

/** @throws Error that says in words what is wrong, and where */
function demand<S extends z.ZodType>(schema: S, read: unknown): z.output<S> {
  const parsed = schema.safeParse(read);
  if (parsed.success) return parsed.data;
  throw new Error(z.prettifyError(parsed.error));
}

async function readCodes(file: string): Promise<SourceCode[]> {
  const codes: SourceCode[] = [];
  const reader = csvTable({
    most: MOST_CODES,
    header: (names) => {
      if (names.join() !== 'kind,theirs,ours') throw new Error('the header of the codes is kind,theirs,ours');
    },
    cells: (_, cell) =>
      codes.push(demand(codeSchema, { kind: cell('kind'), theirs: cell('theirs'), ours: cell('ours') })),
    bad: (row) => {
      throw new Error(`row ${row} of the codes has not three fields`);
    },
  });
  reader.read((await readFile(file, 'utf8')).replace(/^\uFEFF/, ''));
  reader.end();
  return codes;
}

async function fill(postgres: Postgres, file: string, code: string): Promise<void> {
  const { type, packed } = kindOf(file);
  const source = (await new PgFigureDefinitions(postgres).load()).sources.get(code);
  if (!source) throw new Error(`there is no source ${code}`);
  if (type === 'application/json') throw new Error(`DHIS2's JSON is sent in batches: docs/figures/sending.md`);
  const { index } = await Units.create(new PgUnits(postgres));
  // A running server finds by itself what was recorded.
  const parts = {
    store: new PgFigureIntake(postgres),
    tree: () => index,
    codes: new PgSourceCodes(postgres),
    committed: () => undefined,
  };
  const read = () => createReadStream(file) as AsyncIterable<Buffer>;
  const bytes = packed ? () => gunzipped(read()) : read;
  const { reason, dry: dryRun } = values;
  const told = (step: FillStep) => {
    for (const error of step.errors) console.log(lineOf(error));
    const { rows, of, accepted, unchanged, held, refused, n } = step;
    const place = n === null ? '' : ` as ${n}`;
    console.log(
      `${rows} of ${of}: ${accepted} recorded${place} (${held} held), ${unchanged} as before, ${refused} refused`,
    );
    if (refused > 0) process.exitCode = 1;
  };
  // Whoever is called on this machine goes first.
  setPriority(constants.priority.PRIORITY_LOW);
  const pace = new PgFillPace(postgres);
  const waiting = async (why: string, ms: number) => {
    console.error(`${why}: the same batch is asked again in ${Math.round(ms / 1_000)} s`);
    await sleep(ms);
  };
  const how = { waiting, ...(!dryRun && { pace: async (tookMs: number) => void (await pace.rest(tookMs)) }) };
  await backFill({ bytes, type, source, reason, dryRun }, new FigureIntake(parts), told, how);
}

async function check(file: string): Promise<void> {
  const { type, packed } = kindOf(file);
  const { rows, unread } = await readBatch(createReadStream(file) as AsyncIterable<Buffer>, type, packed);
  for (const error of unread) console.log(lineOf(error));
  console.log(`${rows.length} rows have the form of a row, ${unread.length} have not`);
  if (unread.length > 0) process.exitCode = 1;
}

function kindOf(file: string): { type: BatchType; packed: boolean } {
  const packed = file.endsWith('.gz');
  const [, type] = types.find(([ending]) => (packed ? file.slice(0, -3) : file).endsWith(ending)) ?? [];
  if (!type) throw new Error(usage);
  return { type, packed };
}

const lineOf = ({ row, column, value, say }: RowError): string =>
  printable([`${row}`, column, value, values.english ? say.en : say.vi].filter(Boolean).join(' · '));
