import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { SILENCE_MS } from '../../../src/domain/attendance/limits.ts';
import { attendanceTimelineSchema } from '../../../src/protocol/attendance.ts';
import { Meeting } from '../../support/Meeting.ts';
import { issueLinkFor } from '../../support/people.ts';
import { ServerProcess } from '../../support/ServerProcess.ts';
import type { Program } from '../../support/TestNode.ts';
import { until } from '../../support/until.ts';

let server: ServerProcess;
let meeting: Meeting;
let moderator: Program;
let unit: string;
before(async () => {
  server = await ServerProcess.create({ ATTENDANCE_RECONNECT_SECONDS: '5' });
  meeting = await Meeting.open(server);
  moderator = await server.signIn(await issueLinkFor(server, 'moderator', '79'));
  unit = (await meeting.commune(0)).identity.split('.')[0] ?? '';
});
after(async () => {
  meeting?.close();
  await server?.close();
});

const length = (from: string, to: string): number => Date.parse(to) - Date.parse(from);
const timeline = async () =>
  attendanceTimelineSchema.parse((await moderator.get(`/api/briefings/${meeting.briefing}/attendance/${unit}`)).body);

test('AT4 a server that was stopped for longer than the silence goes on, and does not count the time that it slept', async () => {
  await until('the unit is on record', async () => (await timeline()).row.seconds >= 1, 30_000);
  const paused = Date.now();
  server.pause();
  await wait(SILENCE_MS + 2_000);
  const resumed = Date.now();
  server.resume();
  const {
    intervals,
    row,
    until: now,
  } = await until(
    'it goes on',
    async () => {
      const now = await timeline();
      return now.intervals.length === 2 && now.intervals[1]?.to === null && now;
    },
    30_000,
  );
  const [slept, awake] = intervals;
  assert.ok(slept?.cut);
  assert.ok(Date.parse(slept.to ?? '') <= paused + 1_000, 'to the second of the database that shares this machine');
  assert.ok(Date.parse(awake?.from ?? '') >= resumed - 1_000);
  assert.equal(row.devices, 1);
  const spent = length(slept.from, slept.to ?? '') + length(awake?.from ?? '', now);
  assert.ok(row.seconds * 1000 <= spent + 10, 'the sleep does not count');
});
