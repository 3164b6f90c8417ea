import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, test } from 'node:test';
import { dispose } from '@livekit/rtc-node';
import { receiptHolds } from '../../../src/domain/record/receipt.ts';
import {
  type AttendanceRow,
  attendancePageSchema,
  attendanceTimelineSchema,
  correctedSchema,
} from '../../../src/protocol/attendance.ts';
import { Postgres } from '../../../src/store/postgres/base/Postgres.ts';
import type { ChannelClient } from '../../support/ChannelClient.ts';
import { joinMedia } from '../../support/joinMedia.ts';
import { Meeting } from '../../support/Meeting.ts';
import { issueLinkFor } from '../../support/people.ts';
import type { RtcClient } from '../../support/RtcClient.ts';
import { type Program, TestNode } from '../../support/TestNode.ts';
import { until } from '../../support/until.ts';

let node: TestNode;
let meeting: Meeting;
let pm: ChannelClient;
let moderator: Program;
let chair: ChannelClient;
let unit: string;
let postgres: Postgres;
const media: RtcClient[] = [];
before(async () => {
  node = await TestNode.create({ ATTENDANCE_RECONNECT_SECONDS: '0' });
  postgres = await Postgres.create(node.stores.databaseUrl, () => undefined, 1);
  meeting = await Meeting.open(node);
  pm = await meeting.enter('Prime');
  moderator = await node.signIn(await issueLinkFor(node, 'moderator', '79'));
  chair = await meeting.commune(0);
  unit = chair.identity.split('.')[0] ?? '';
});
after(async () => {
  for (const client of media) await client.close();
  meeting?.close();
  await postgres?.close();
  await node?.close();
  await dispose();
});

const url = (rest = '') => `/api/briefings/${meeting.briefing}/attendance${rest}`;
const page = async (who: Program, query = '') => attendancePageSchema.parse((await who.get(url(query))).body);
const timeline = async () => attendanceTimelineSchema.parse((await moderator.get(url(`/${unit}`))).body);
const sheets = async () => {
  const rows = await postgres.query<{ units: number }>('SELECT units FROM attendance_sheets');
  return rows.length > 0 ? rows : undefined;
};
const rowWhen = (what: string, fact: (row: AttendanceRow) => boolean) =>
  until(what, async () => {
    const { row } = await timeline();
    return fact(row) ? row : undefined;
  });

test('AT1 AT9 before it is live: who is at the door is partial, the others are absent', async () => {
  const row = await rowWhen('the device is on record', (r) => r.seconds > 0);
  assert.deepEqual([row.devices, row.measured, row.share, row.quality, row.lastOut], [1, 'partial', 0, null, null]);
  const { intervals } = await timeline();
  assert.deepEqual(
    intervals.map(({ line, to, cut }) => [line, to, cut]),
    [['channel', null, false]],
  );
});

test('AT7 live time: the share of one who is there all the time is 100', async () => {
  await pm.act('stage.goLive', {});
  const row = await rowWhen('live time', (r) => r.liveSeconds >= 2);
  assert.deepEqual([row.share, row.measured], [100, 'present']);
});

test('AT5 AT6 media and a second device count once; who leaves has a last out', async () => {
  media.push(await joinMedia(chair));
  const second = await meeting.withSecret(await issueLinkFor(node, 'seat', unit), 'phone');
  await rowWhen('two devices', (r) => r.devices === 2 && r.quality !== null);
  const { row, intervals, until: at, quality } = await timeline();
  assert.deepEqual(intervals.map((i) => i.line).sort(), ['channel', 'media']);
  assert.ok(row.seconds * 1000 <= Date.parse(at) - Date.parse(row.firstIn ?? ''), 'nothing counts twice');
  assert.ok(quality.length > 0);
  second.close();
  chair.close();
  await media.splice(0)[0]?.close();
  const gone = await rowWhen('it left', (r) => r.lastOut !== null);
  assert.ok(Date.parse(gone.lastOut ?? '') >= Date.parse(gone.firstIn ?? ''));
});

test('AT10 a correction stands beside what was measured, with a receipt that holds; the same key records it once', async () => {
  const ask = { key: randomUUID(), verdict: 'excused', reason: 'Bão số 5' };
  const first = correctedSchema.parse((await moderator.post(url(`/${unit}/corrections`), ask)).body);
  assert.deepEqual([first.row.correction?.verdict, first.row.correction?.reason], ['excused', 'Bão số 5']);
  assert.ok(receiptHolds(first.receipt));
  const again = correctedSchema.parse((await moderator.post(url(`/${unit}/corrections`), ask)).body);
  assert.deepEqual(again.receipt, first.receipt);
  const other = await moderator.post(url(`/${unit}/corrections`), { ...ask, verdict: 'absent' });
  assert.deepEqual([other.status, other.body.error.reason], [409, 'conflict']);
  const second = { key: randomUUID(), verdict: 'present', reason: 'Họp qua điện thoại' };
  await moderator.post(url(`/${unit}/corrections`), second);
  const { row, corrections } = await timeline();
  assert.deepEqual(
    corrections.map((c) => c.verdict),
    ['excused', 'present'],
  );
  assert.ok(corrections.every((c) => receiptHolds(c.receipt)));
  assert.equal(row.correction?.verdict, 'present');
  assert.equal(row.measured, (await page(moderator, `?root=${unit}`)).rows[0]?.measured, 'the measured facts stay');
});

test('AT12 a page: counts of the territory whatever the filter, pages in path order', async () => {
  const all = await page(moderator, '?limit=500');
  const sum = Object.values(all.counts).reduce((a, b) => a + b, 0);
  assert.equal(sum, all.total);
  const present = await page(moderator, '?verdict=present');
  assert.deepEqual(present.counts, all.counts);
  assert.ok(present.rows.some((r) => r.unit === unit));
  const first = await page(moderator, '?limit=3');
  const next = await page(moderator, `?limit=3&after=${first.next}`);
  assert.deepEqual(
    [...first.rows, ...next.rows].map((r) => r.unit),
    all.rows.slice(0, 6).map((r) => r.unit),
  );
  assert.equal((await page(pm.program, '?limit=1')).total, 2_376);
});

test('AT13 principals and moderators read and correct what lies in their territory, seats nothing', async () => {
  const foreign = (await page(pm.program, '?limit=500')).rows.find(({ path }) => !path.startsWith('vn.79.'));
  assert.ok(foreign);
  const [elsewhere, province = ''] = [foreign.unit, foreign.path.split('.')[1]];
  const correction = { key: randomUUID(), verdict: 'present', reason: 'Có mặt tại điểm cầu' };
  const refusals = async (who: Program, root: string, of: string) =>
    [
      await who.get(url(`?root=${root}`)),
      await who.get(url(`/${of}`)),
      await who.post(url(`/${of}/corrections`), correction),
    ].map(({ body }) => body.error?.reason);
  assert.deepEqual(await refusals(moderator, province, elsewhere), Array(3).fill('outside-territory'));
  assert.deepEqual(await refusals(moderator, 'vn', elsewhere), Array(3).fill('outside-territory'));
  assert.deepEqual(await refusals(chair.program, unit, unit), Array(3).fill('forbidden'));
  const { rows } = await page(moderator, '?limit=500');
  assert.ok(rows.every(({ path }) => path.startsWith('vn.79.')));
  assert.equal((await pm.program.get(url(`/${elsewhere}`))).body.row.correction, null);
});

test('AT11 after the end the sheet is sealed once, and says what the events say', async () => {
  const { body: closed } = await pm.program.post(`/api/briefings/${meeting.briefing}/close`);
  const measured = await until('the page stands at the end', async () => {
    const now = await page(moderator, '?limit=500');
    return now.at === closed.closedAt ? now : undefined;
  });
  const [sheet, ...more] = await until('the sheet', sheets, 30_000);
  assert.deepEqual([sheet?.units, more.length], [2_376, 0]);
  const { row } = await timeline();
  assert.deepEqual(
    row,
    measured.rows.find((r) => r.unit === unit),
    'one unit, read from the sheet',
  );
  // Read in other pieces, since the page itself may still be the one of a moment ago.
  const district = row.path.split('.').at(-2);
  const fromSheet = await page(moderator, `?root=${district}&limit=500`);
  assert.deepEqual(
    fromSheet.rows,
    measured.rows.filter((r) => r.path.includes(`.${district}.`)),
  );
  assert.equal(fromSheet.liveSeconds, measured.liveSeconds);
});
