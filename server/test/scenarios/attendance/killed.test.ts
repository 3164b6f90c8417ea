import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { parse } from 'csv-parse/sync';
import { attendanceTimelineSchema } from '../../../src/protocol/attendance.ts';
import { type Report, reportSchema } from '../../../src/protocol/report.ts';
import { Postgres } from '../../../src/store/postgres/base/Postgres.ts';
import type { ChannelClient } from '../../support/ChannelClient.ts';
import { Meeting } from '../../support/Meeting.ts';
import { issueLinkFor } from '../../support/people.ts';
import { ServerProcess } from '../../support/ServerProcess.ts';
import type { Program } from '../../support/TestNode.ts';
import { until } from '../../support/until.ts';

let server: ServerProcess;
let meeting: Meeting;
let moderator: Program;
let chair: ChannelClient;
let unit: string;
let postgres: Postgres;
before(async () => {
  server = await ServerProcess.create({ ATTENDANCE_RECONNECT_SECONDS: '0' });
  postgres = await Postgres.create(server.stores.databaseUrl, () => undefined, 2);
  meeting = await Meeting.open(server);
  const pm = await meeting.enter('Prime');
  moderator = await server.signIn(await issueLinkFor(server, 'moderator', '79'));
  chair = await meeting.commune(0);
  unit = chair.identity.split('.')[0] ?? '';
  await pm.act('stage.goLive', {});
});
after(async () => {
  meeting?.close();
  await postgres?.close();
  await server?.close();
});

const timeline = async () => {
  const { status, body } = await moderator.get(`/api/briefings/${meeting.briefing}/attendance/${unit}`);
  return status === 200 ? attendanceTimelineSchema.parse(body) : undefined;
};
/** Of the order channel, in milliseconds; the last one goes on. */
const stays = async (count: number) =>
  until(
    `${count} stays`,
    async () => {
      const { intervals = [], until: now = '', row } = (await timeline()) ?? {};
      const whole = intervals.map(({ from, to, cut }) => ({ from: Date.parse(from), to: Date.parse(to ?? now), cut }));
      return row && whole.length === count && intervals.at(-1)?.to === null && { whole, row, now: Date.parse(now) };
    },
    60_000,
  );
/** PostgreSQL's clock. */
const clock = async () => {
  const [row] = await postgres.query<{ ms: number }>(
    'SELECT extract(epoch FROM clock_timestamp())::float8 * 1000 AS ms',
  );
  return row?.ms ?? 0;
};

test('AT3 kill -9, twice: what was open ends at the last sign of life, nothing is lost before it and nothing counts twice', async () => {
  await until('it counts', async () => ((await timeline())?.row.liveSeconds ?? 0) >= 2, 30_000);
  const kills: number[] = [];
  for (const nr of [1, 2]) {
    const before = await stays(nr);
    kills.push(await clock());
    await server.kill();
    await server.start();
    await chair.connected();
    const { whole, row, now } = await stays(nr + 1);
    assert.deepEqual(
      whole.map(({ cut }) => cut),
      [...Array.from({ length: nr }, () => true), false],
    );
    for (const [i, killed] of kills.entries()) {
      const { to = 0 } = whole[i] ?? {};
      assert.ok(to <= killed, 'nothing is added after the end');
      assert.ok(to >= (i === nr - 1 ? before.now : 0), 'what was shown stays');
      assert.ok((whole[i + 1]?.from ?? 0) > killed, 'it came back later');
    }
    const spent = whole.reduce((sum, { from, to }) => sum + to - from, 0);
    const seconds = row.seconds * 1000;
    assert.ok(seconds <= spent + 10 && seconds > spent - 1_010, `${seconds} of ${spent} ms`);
    assert.equal(row.devices, 1);
    assert.ok(spent < now - (whole[0]?.from ?? 0), 'the gap does not count');
  }
  const doubles = await postgres.query(
    'SELECT boot, line, kind, at FROM attendance_events WHERE unit = $1 GROUP BY 1, 2, 3, 4, identity HAVING count(*) > 1',
    [unit],
  );
  assert.deepEqual(doubles, []);
});

test('RP2 kill -9 while reports wait and run: each is made after the restart, whole', async () => {
  const about = { kind: 'attendance', briefing: meeting.briefing };
  const ask = async (format: string, language: string): Promise<Report> =>
    reportSchema.parse((await moderator.post('/api/reports', { about, format, language })).body);
  const first = ask('csv', 'vi');
  const reports = await Promise.all([first, ask('csv', 'en'), ask('xlsx', 'vi'), ask('xlsx', 'en')]);
  await server.kill();
  // The next maker need not wait for the silence to be long enough.
  await postgres.query(`UPDATE reports SET heard_at = heard_at - interval '1 min' WHERE state = 'running'`);
  await server.start();
  for (const { id } of reports)
    await until(
      'the report',
      async () => {
        const { status, body } = await moderator.get(`/api/reports/${id}`);
        return status === 200 && reportSchema.parse(body).state === 'ready';
      },
      60_000,
    );
  const { id } = await first;
  const { body } = await moderator.get(`/api/reports/${id}/file`);
  const rows = parse(body, { bom: true, columns: true, record_delimiter: '\r\n' });
  const [expected] = await postgres.query<{ n: number }>(
    `SELECT count(*)::int AS n FROM briefing_expected WHERE briefing = $1 AND path LIKE 'vn.79.%'`,
    [meeting.briefing],
  );
  assert.equal(rows.length, expected?.n);
  const left = await postgres.query(
    'SELECT FROM report_parts p JOIN reports r ON r.id = p.report AND r.attempt <> p.attempt',
  );
  assert.deepEqual(left, [], 'nothing of a broken try remains');
});
