/** Draws maps of figures by borders of the state's own GeoJSON, instead of tiles. usage: npm run dh -- figures map FILE [--property NAME] [--dry] */
import { closeSync, openSync, readSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import { StringDecoder } from 'node:string_decoder';
import { parseArgs } from 'node:util';
import { getHeapStatistics } from 'node:v8';
import { gzipSync } from 'node:zlib';
import { makeBorders } from '../../server/src/domain/figure/borders/makeBorders.ts';
import { matchUnits } from '../../server/src/domain/figure/borders/matchUnits.ts';
import { positionsFor, readGeoJson } from '../../server/src/domain/figure/borders/readGeoJson.ts';
import { shippedBorders } from '../../server/src/domain/figure/borders/shippedCountry.ts';
import { Units } from '../../server/src/domain/organisation/Units.ts';
import { PgFigureBorders } from '../../server/src/store/postgres/figure/PgFigureBorders.ts';
import { PgUnits } from '../../server/src/store/postgres/organisation/PgUnits.ts';
import { runCommand, withDatabase } from '../support/openDatabase.ts';

const usage = `usage: npm run dh -- figures map FILE [--property NAME] [--dry]
       npm run dh -- figures map --shipped      maps are drawn by the outlines of provinces that ship with the program
       npm run dh -- figures map --none         maps are tiles

FILE is GeoJSON in WGS 84 with a Polygon or MultiPolygon for each unit without units below it, and Hoàng Sa and Trường Sa where they
lie: without them it is refused. Lines are made simpler until the map is sent in 300 kB.

--property   of a feature, which holds the code of its unit (code)
--dry        says what would be drawn, and writes nothing

Pages draw by it from the next time that a map is opened. docs/figures/map.md says what is asked of a file.`;
/** More than a file of the whole country needs. */
const LARGEST_FILE = 256 * 1024 * 1024;
const PIECE = 1024 * 1024;

runCommand(usage, async () => {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      property: { type: 'string', default: 'code' },
      dry: { type: 'boolean', default: false },
      none: { type: 'boolean', default: false },
      shipped: { type: 'boolean', default: false },
    },
  });
  const [file] = positionals;
  const asked = [file !== undefined, values.none, values.shipped];
  if (asked.filter(Boolean).length !== 1 || positionals.length > 1) throw new Error(usage);
  if (values.shipped) return putShipped(values.dry);
  if (file === undefined) {
    await withDatabase((postgres) => new PgFigureBorders(postgres).put(null, 0));
    console.log('maps are tiles');
    return;
  }
  const { size } = await stat(file);
  if (size > LARGEST_FILE) throw new Error(`${file} is larger than ${LARGEST_FILE / 1024 / 1024} MB`);
  const shapes = readGeoJson(piecesOf(file), values.property, positionsFor(getHeapStatistics().heap_size_limit));
  await withDatabase(async (postgres) => {
    const { index } = await Units.create(new PgUnits(postgres));
    const { borders, bytes } = makeBorders(matchUnits(shapes, index.units));
    const told = `${borders.units.length} units, ${borders.arcs.length} lines, ${gzipSync(bytes).length} bytes as they are sent`;
    if (!values.dry) await new PgFigureBorders(postgres).put(bytes.toString(), borders.units.length);
    console.log(values.dry ? `${told}; nothing was written` : told);
  });
});

/** Puts the borders that ship with the program on record, as an operator's own would be. (FG160) */
function putShipped(isDry: boolean): Promise<void> {
  return withDatabase(async (postgres) => {
    const { index } = await Units.create(new PgUnits(postgres));
    const borders = shippedBorders(index.units);
    if (!borders)
      throw new Error('the provinces of this tree are not the 63 or the 34 of Viet Nam: its maps are tiles');
    if (!isDry) await new PgFigureBorders(postgres).put(JSON.stringify(borders), borders.units.length);
    console.log(`${index.units.length} units are drawn within their provinces${isDry ? '; nothing was written' : ''}`);
  });
}

/** FG112: its text, a piece at a time. */
function* piecesOf(file: string): Generator<string> {
  const [from, bytes, decoder] = [openSync(file, 'r'), Buffer.alloc(PIECE), new StringDecoder()];
  try {
    for (let read = readSync(from, bytes); read > 0; read = readSync(from, bytes))
      yield decoder.write(bytes.subarray(0, read));
    yield decoder.end();
  } finally {
    closeSync(from);
  }
}
