import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createLogger } from '../../observability/logger.ts';
import type { FigureSource, Indicator } from '../../protocol/figureDefinition.ts';
import { DemoFigures } from './DemoFigures.ts';
import { outbreak2021 } from './outbreak2021.ts';
import { smallCountry } from './smallCountry.ts';

/** What is on record, as far as the demo looks at it. */
function world(now = '2026-11-26T07:30:00Z') {
  const indicators = new Map<string, Indicator>();
  const sources: FigureSource[] = [];
  const took: { source: string; indicator: string; period: string; defined: number }[] = [];
  const parts = {
    definitions: {
      load: async () => ({ indicators }),
      putIndicator: async (wanted: Omit<Indicator, 'version'>) =>
        indicators.set(wanted.code, { ...wanted, version: 1 }),
      putSource: async (source: FigureSource) => sources.push(source),
    },
    intake: {
      take: async (source: FigureSource, rows: readonly { indicator: string; period: string }[]) => {
        for (const { indicator, period } of rows)
          took.push({ source: source.code, indicator, period, defined: indicators.size });
        return { n: 1, seal: null, accepted: 0, unchanged: 0, held: 0, refused: 0, errors: [], dryRun: false };
      },
    },
    reporters: async () => smallCountry,
    clock: { now: () => new Date(now) },
    logger: createLogger('silent'),
  };
  return { indicators, sources, took, parts };
}
const periodsOf = (took: ReturnType<typeof world>['took'], indicator: string) => [
  ...new Set(took.flatMap((row) => (row.indicator === indicator ? [row.period] : []))),
];

test('a new demo has thirty days of cases, ending yesterday, and the last hours of hospitals', async () => {
  const { took, parts, sources, indicators } = world();
  await DemoFigures.begin(parts).done;
  const days = periodsOf(took, 'covid-new');
  assert.deepEqual([days.length, days[0], days.at(-1)], [31, '2026-10-26', '2026-11-25']);
  assert.equal(periodsOf(took, 'covid-tests').length, 2);
  assert.deepEqual(periodsOf(took, 'icu-used'), ['2026-11-26T12:00:00+07:00', '2026-11-26T13:00:00+07:00']);
  assert.deepEqual([sources.length, indicators.size], [outbreak2021.sources.length, outbreak2021.indicators.length]);
});

test('a demo that has them records nothing again; one whose first start was ended begins again', async () => {
  const { took, parts, indicators } = world();
  const first = DemoFigures.begin(parts);
  await first.close();
  assert.ok(indicators.size < outbreak2021.indicators.length);
  await DemoFigures.begin(parts).done;
  assert.ok(took.length > 0);
  assert.ok(took.every(({ defined }) => defined < outbreak2021.indicators.length));
  const before = took.length;
  await DemoFigures.begin(parts).done;
  assert.equal(took.length, before);
});
