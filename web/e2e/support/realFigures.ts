import { hash } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { countryRows } from '../../../server/src/demo/country.ts';
import type { Server } from './Server.ts';

const DAY_MS = 86_400_000;
const daily = { kind: 'stock', every: 'day', up: 'sum', dueSeconds: 7_200, staleSeconds: 864_000 } as const;
const more = { mayStage: true, simulated: true, bounds: { hard: [0, 100_000], soft: [0, 900] } } as const;
const indicators = [
  {
    ...{ code: 'beds-free', name: { vi: 'Giường bệnh còn trống', en: 'Free hospital beds' }, scale: 0 },
    ...{ unit: { vi: 'giường', en: 'beds' }, ...daily, ...more },
  },
  {
    ...{ code: 'oxygen-left', name: { vi: 'Ô-xy y tế còn lại', en: 'Medical oxygen left' }, scale: 1 },
    ...{ unit: { vi: 'tấn', en: 'tonnes' }, ...daily, ...more },
  },
] as const;

/** What a file has wrong, and what it changes. */
export const HANDED_IN = [
  'unit;period;beds-free',
  `26734;${dayAgo(1)};1.204`,
  `26740;${dayAgo(1)};18`,
  `26743;${dayAgo(1)};12.5`,
  `99999;${dayAgo(1)};7`,
].join('\n');

/**
 * Figures of a country, the same at each run: one province has sent nothing, one is late, three values are held, and who
 * tells of oxygen has been silent for days.
 * @returns the link of a steward of both
 */
export async function realFigures(server: Server): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'dh-figures-'));
  try {
    await writeFile(join(folder, 'indicators.json'), JSON.stringify(indicators));
    await server.dh('figures', 'indicator', 'add', join(folder, 'indicators.json'));
    const both = indicators.map(({ code }) => code).join();
    const source = (code: string, name: string, ...rest: string[]): Promise<string> =>
      server.dh('figures', 'source', 'add', code, '--name', name, '--root', 'vn', '--simulated', ...rest);
    await source('moh', 'Hệ thống Bộ Y tế', '--indicators', both);
    await source('oxygen', 'Nền tảng ô-xy y tế', '--indicators', 'oxygen-left');
    await source('offices', 'Văn phòng Bộ Y tế', '--indicators', both, '--kind', 'upload', '--rank', '2');
    const units = await reporting();
    const put = async (name: string, by: string, lines: readonly string[]): Promise<void> => {
      const file = join(folder, name);
      await writeFile(file, ['indicator,unit,period,value', ...lines].join('\n'));
      await server.dh('figures', 'import', file, '--source', by);
    };
    const line = (code: string, days: number, most: number) => (unit: string) =>
      `${code},${unit},${dayAgo(days)},${lotOf(unit, code) % most}`;
    const told = units.filter(({ province }) => province !== '48').map(({ code }) => code);
    await put('before.csv', 'moh', told.map(line('beds-free', 2, 60)));
    const here = units.filter(({ province }) => province !== '48' && province !== '75').map(({ code }) => code);
    const held = new Set(['26734', '26737', '26746']);
    const newest = line('beds-free', 1, 60);
    await put(
      'newest.csv',
      'moh',
      here.map((unit) => (held.has(unit) ? `beds-free,${unit},${dayAgo(1)},1200` : newest(unit))),
    );
    await put('oxygen.csv', 'oxygen', told.map(line('oxygen-left', 5, 9)));
    const steward = [
      '--role',
      'steward',
      '--indicators',
      both,
      '--unit',
      'vn',
      '--name',
      'Cục Quản lý Khám, chữa bệnh',
    ];
    return (await server.dh('account', 'create', ...steward)).split(' ').at(-1) ?? '';
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** Units without units below, with their provinces. */
async function reporting(): Promise<readonly { readonly code: string; readonly province: string }[]> {
  const rows = await countryRows();
  const parents = new Map(rows.map(({ code, parent }) => [code, parent]));
  const above = new Set(parents.values());
  const provinceOf = (code: string): string => {
    const parent = parents.get(code);
    return parent === 'vn' || !parent ? code : provinceOf(parent);
  };
  return rows.flatMap(({ code }) => (above.has(code) ? [] : [{ code, province: provinceOf(code) }]));
}

function dayAgo(days: number): string {
  // By the calendar in Viet Nam.
  return new Date(Date.now() + 7 * 3_600_000 - days * DAY_MS).toISOString().slice(0, 10);
}

const lotOf = (unit: string, code: string): number => hash('sha256', `${unit} ${code}`, 'buffer').readUInt32LE();
