import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Briefing } from '../../protocol/briefing.ts';
import type { Account } from '../../protocol/organisation.ts';
import type { ReportStore } from './ports.ts';
import { Reports } from './Reports.ts';
import { ReportTables, type TableParts } from './ReportTables.ts';

const [official, tried] = [4, 8].map((version) => `01234567-89ab-${version}def-8123-456789abcdef`) as [string, string];

test('RH4 a report of a rehearsal says so on its sheet and in each row', async () => {
  const row = { unit: '1', name: 'Xã Một', path: 'vn.1', verdict: 'present', correction: null, measured: {} };
  async function* rows() {
    yield [row];
  }
  const tables = new ReportTables({
    attendance: { sheet: async () => ({ course: 'live', total: 1, rows: rows() }) },
    names: { name: () => undefined },
  } as unknown as TableParts);
  const read = async (briefing: string) => {
    const table = await tables.of({ about: { kind: 'attendance', briefing }, territory: 'vn', language: 'vi' });
    let page: readonly (readonly unknown[])[] = [];
    for await (const some of table.rows) page = some;
    return { name: table.name, title: table.columns[0]?.title, first: page?.[0]?.[0], width: page?.[0]?.length };
  };
  const [real, marked] = [await read(official), await read(tried)];
  assert.partialDeepStrictEqual(real, { name: 'Tham dự', title: 'Mã đơn vị', first: '1' });
  assert.partialDeepStrictEqual(marked, { name: 'DIỄN TẬP - Tham dự', title: 'Tính chất', first: 'DIỄN TẬP' });
  assert.equal(marked.width, (real.width ?? 0) + 1);
});

test('RH4 and in the name of its file', async () => {
  const names: string[] = [];
  const store = {
    create: async ({ fileName }: { fileName: string }) => {
      names.push(fileName);
      return { id: 'r' };
    },
  } as unknown as ReportStore;
  const reports = new Reports({
    ...{ store, readDirective: async () => undefined, ordered: () => undefined },
    sessions: { find: async () => Promise.reject(new Error('nobody asks for one')) },
    readBriefing: async () => ({}) as Briefing,
  });
  const unit = { code: '79', path: 'vn.79', tier: 'province', name: 'Thành phố Hồ Chí Minh' };
  const account: Account = { id: 'a', name: 'M', role: 'moderator', unit };
  for (const briefing of [official, tried])
    await reports.ask(account, { about: { kind: 'rounds', briefing }, format: 'csv', language: 'vi' });
  assert.match(names[0] ?? '', /^diem-danh-79-/);
  assert.match(names[1] ?? '', /^dien-tap-diem-danh-79-/);
});
