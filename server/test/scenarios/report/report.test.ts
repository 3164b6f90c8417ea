import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, test } from 'node:test';
import { parse } from 'csv-parse/sync';
import { readSheet } from 'read-excel-file/node';
import { type AttendanceRow, attendancePageSchema } from '../../../src/protocol/attendance.ts';
import { type Follow, followPageSchema } from '../../../src/protocol/directive.ts';
import { briefingSummarySchema, heldSessionsSchema, type Report, reportSchema } from '../../../src/protocol/report.ts';
import type { Entry, Round } from '../../../src/protocol/rollcall.ts';
import { Postgres } from '../../../src/store/postgres/base/Postgres.ts';
import type { ChannelClient } from '../../support/ChannelClient.ts';
import { Meeting } from '../../support/Meeting.ts';
import { issueLinkFor } from '../../support/people.ts';
import { type Program, TestNode } from '../../support/TestNode.ts';
import { until } from '../../support/until.ts';

/** A whole briefing of which the reports tell: one unit answers, takes a directive on, and is corrected; then it is over. */
let node: TestNode;
let meeting: Meeting;
let pm: ChannelClient;
let moderator: ChannelClient;
let chair: ChannelClient;
let stranger: Program;
/** An official and a commune of a province that meets by itself meanwhile. */
let leader: ChannelClient;
let below: ChannelClient;
let unit: string;
let directive: string;
let round: Round;
let entries: (Entry & { unitName: string })[];
const REASON = '=HYPERLINK("http://x.vn","Bão số 5")';
/** A commune of province 74. */
const HIEP_THANH = '25741';
const WORDS = 'Giao Phó Chủ tịch, "xong" trong ngày\nvà báo lại';

before(async () => {
  node = await TestNode.create();
  meeting = await Meeting.open(node);
  pm = await meeting.enter('Prime');
  moderator = await meeting.withSecret(await issueLinkFor(node, 'moderator', '79'));
  stranger = await node.signIn(await issueLinkFor(node, 'moderator', '92'));
  chair = await meeting.commune(0);
  leader = await meeting.withSecret(await issueLinkFor(node, 'moderator', '74'));
  below = await meeting.withSecret(await issueLinkFor(node, 'seat', HIEP_THANH));
  unit = chair.identity.split('.')[0] ?? '';
  await pm.act('stage.goLive', {});
  await holdRound();
  await giveDirective();
  await holdSession();
  const correction = { key: randomUUID(), verdict: 'excused', reason: REASON };
  await done(moderator.program.post(`${url()}/attendance/${unit}/corrections`, correction));
  await done(pm.program.post(`${url()}/close`));
  const postgres = await Postgres.create(node.stores.databaseUrl, () => undefined, 1);
  const sealed = async () => (await postgres.query('SELECT FROM attendance_sheets')).length > 0;
  await until('the sheet', sealed, 60_000).finally(() => postgres.close());
});
after(async () => {
  meeting?.close();
  await node?.close();
});

const url = () => `/api/briefings/${meeting.briefing}`;
async function done<T extends { status: number; body: unknown }>(asked: Promise<T>): Promise<T> {
  const answer = await asked;
  assert.equal(answer.status, 200, JSON.stringify(answer.body));
  return answer;
}

async function holdRound(): Promise<void> {
  const wanted = { key: randomUUID(), question: 'Đã chuẩn bị xong chưa?', scope: ['79'], seconds: 600 };
  round = await moderator.act('round.open', wanted);
  await chair.act('round.answer', { round: round.id, key: randomUUID(), answerer: 'substitute', name: 'Lê Thị Bé' });
  round = await moderator.act('round.close', { key: randomUUID(), round: round.id });
  entries = [];
  for (let after: string | undefined; ; ) {
    const page = await moderator.act('round.entries', { round: round.id, root: '79', limit: 500, after });
    entries.push(...page.entries);
    if (page.next === null) break;
    after = page.next;
  }
}

async function giveDirective(): Promise<void> {
  const order = { key: randomUUID(), title: 'Sơ tán dân', text: 'Trước 18 giờ.', addressees: { to: ['79'] } };
  const { body } = await done(pm.program.post('/api/directives', { ...order, briefing: meeting.briefing }));
  directive = body.id;
  const act = { key: randomUUID(), act: 'acknowledge', name: 'Trần Văn A', words: WORDS, promised: '2030-01-02' };
  await done(chair.program.post(`/api/directives/${directive}/acts`, act));
}

async function holdSession(): Promise<void> {
  await leader.act('stage.open', { unit: '74' });
  await below.sees('its province', (floor) => floor.stage?.unit === '74');
  for (const entered of ['74', null]) await pm.act('stage.enter', { unit: entered });
  await pm.act('stage.visit', { unit: '74' });
  await pm.act('stage.leave', {});
  const wanted = { key: randomUUID(), question: 'Đủ xuồng chưa?', scope: ['74'], seconds: 600 };
  const { id } = await leader.act('round.open', wanted);
  await below.act('round.answer', { round: id, key: randomUUID(), answerer: 'chair' });
  const order = { key: randomUUID(), title: 'Kiểm tra đê', text: 'Trước 12 giờ.', addressees: { to: ['74'] } };
  await done(leader.program.post('/api/directives', { ...order, briefing: meeting.briefing }));
  await leader.act('stage.close', { unit: '74' });
  await below.sees('the nation', (floor) => !floor.stage);
}

const asked = async (who: Program, about: object, format: string, language = 'vi'): Promise<Report> =>
  reportSchema.parse((await done(who.post('/api/reports', { about, format, language }))).body);

const whenReady = (who: Program, { id }: Report): Promise<Report> =>
  until(
    'the report',
    async () => {
      const report = reportSchema.parse((await done(who.get(`/api/reports/${id}`))).body);
      assert.notEqual(report.state, 'failed', report.message ?? '');
      return report.state === 'ready' && report;
    },
    60_000,
  );

async function fileOf(who: Program, { id }: Report): Promise<{ headers: Headers; bytes: Buffer }> {
  const response = await fetch(`${node.url}/api/reports/${id}/file`, {
    headers: { authorization: `Bearer ${who.token}` },
  });
  assert.equal(response.status, 200);
  return { headers: response.headers, bytes: Buffer.from(await response.arrayBuffer()) };
}

const records = (bytes: Buffer): Record<string, string>[] =>
  parse(bytes, { bom: true, columns: true, record_delimiter: '\r\n' });

async function csv(about: object, language = 'vi', { program } = moderator): Promise<Record<string, string>[]> {
  const report = await whenReady(program, await asked(program, about, 'csv', language));
  const rows = records((await fileOf(program, report)).bytes);
  assert.deepEqual([report.rows, report.total], [rows.length, rows.length]);
  return rows;
}

const attendance = () => ({ kind: 'attendance', briefing: meeting.briefing });
const local = (iso: string | null): string =>
  iso === null
    ? ''
    : new Intl.DateTimeFormat('sv-SE', {
        timeZone: 'Asia/Ho_Chi_Minh',
        dateStyle: 'short',
        timeStyle: 'medium',
      }).format(new Date(iso));

/** A workbook counts days, of which a second is no round part. */
const toSecond = (date: Date): string => new Date(Math.round(date.getTime() / 1000) * 1000).toISOString();

async function attendanceRows(): Promise<AttendanceRow[]> {
  const rows: AttendanceRow[] = [];
  for (let after = ''; ; ) {
    const page = await done(moderator.program.get(`${url()}/attendance?limit=500${after}`));
    const { rows: some, next } = attendancePageSchema.parse(page.body);
    rows.push(...some);
    if (next === null) return rows;
    after = `&after=${next}`;
  }
}

test('RP8 the CSV of attendance says what the API says, unit by unit', async () => {
  const rows = await attendanceRows();
  assert.ok(rows.length > 100);
  const verdicts = { present: 'Tham dự', partial: 'Chưa đủ', absent: 'Vắng', excused: 'Được phép vắng' };
  const found = await csv(attendance());
  assert.deepEqual(
    found.map((r) => [r['Mã đơn vị'], r['Đơn vị'], r['Kết luận'], r['Kết quả đo được']]),
    rows.map((r) => [r.unit, r.name, verdicts[r.correction?.verdict ?? r.measured], verdicts[r.measured]]),
  );
  assert.deepEqual(
    found.map((r) => [
      r['Vào lần đầu (Asia/Ho_Chi_Minh)'],
      r['Rời lần cuối (Asia/Ho_Chi_Minh)'],
      r['Số phút kết nối'],
      r['Tỷ lệ thời gian họp (%)'],
      r['Trả lời lượt điểm danh cuối'],
    ]),
    rows.map((r) => [
      local(r.firstIn),
      local(r.lastOut),
      String(Math.round(r.seconds / 6) / 10),
      String(r.share),
      r.answered === null ? '' : r.answered ? 'Có' : 'Không',
    ]),
  );
  const own = found.find((r) => r['Mã đơn vị'] === unit);
  assert.deepEqual(
    [own?.['Điều chỉnh thành'], own?.['Lý do điều chỉnh'], own?.['Trả lời lượt điểm danh cuối']],
    ['Được phép vắng', `'${REASON}`, 'Có'],
  );
  assert.equal(own?.['Tỉnh, thành phố'], 'Thành phố Hồ Chí Minh');
  assert.match(own?.['Quận, huyện'] ?? '', /^(Quận|Huyện|Thành phố) /);
});

test('RP6 RP8 the workbook of attendance says the same, with real times and numbers', async () => {
  const report = await whenReady(moderator.program, await asked(moderator.program, attendance(), 'xlsx', 'en'));
  const { headers, bytes } = await fileOf(moderator.program, report);
  assert.equal(headers.get('content-type'), 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet');
  assert.match(
    headers.get('content-disposition') ?? '',
    /^attachment; filename="?attendance-79-\d{4}-\d\d-\d\d-\d{4}\.xlsx"?$/,
  );
  const [header = [], ...sheet] = await readSheet(bytes);
  const column = (name: string) => sheet.map((cells) => cells[header.indexOf(name)] ?? null);
  const rows = await attendanceRows();
  assert.deepEqual(
    column('Unit code'),
    rows.map((r) => r.unit),
  );
  assert.deepEqual(
    column('Minutes here'),
    rows.map((r) => Math.round(r.seconds / 6) / 10),
  );
  assert.deepEqual(
    column('First in (Asia/Ho_Chi_Minh)').map((value) => (value instanceof Date ? toSecond(value) : value)),
    rows.map((r) => r.firstIn && `${local(r.firstIn).replace(' ', 'T')}.000Z`),
  );
  assert.equal(column('Reason of the correction').find(Boolean), REASON, 'no formula, and no apostrophe');
});

test('RP8 the CSV of rounds says what the rounds say, unit by unit', async () => {
  const found = await csv({ kind: 'rounds', briefing: meeting.briefing }, 'en');
  const states: Record<string, string> = { substituted: 'Substitute', absent: 'Absent' };
  assert.deepEqual(
    found.map((r) => [r.Round, r['Unit code'], r.Unit, r.Result, r.Name, r['Answered at (Asia/Ho_Chi_Minh)']]),
    entries.map((e) => ['1', e.unit, e.unitName, states[e.state], e.name ?? '', local(e.at)]),
  );
  assert.deepEqual(
    found.filter((r) => r.Result === 'Substitute').map((r) => r.Name),
    ['Lê Thị Bé'],
  );
  assert.equal(found[0]?.Question, round.question);
});

test('RP8 the CSV of directives says what their board says, unit by unit', async () => {
  const follows: Follow[] = [];
  for (let after = ''; ; ) {
    const answer = await done(moderator.program.get(`/api/directives/${directive}/follows?limit=500${after}`));
    const page = followPageSchema.parse(answer.body);
    follows.push(...page.follows);
    if (page.next === null) break;
    after = `&after=${page.next}`;
  }
  const of = (found: Record<string, string>[]) =>
    found.map((r) => [
      r['Unit code'],
      r.Unit,
      r['Taken on by'],
      r['Who does what'],
      r['Promised for'],
      r['Not connected when issued'],
    ]);
  const expected = follows.map((f) => [
    ...[f.unit, f.unitName, f.name ?? '', f.words ?? '', f.promised ?? ''],
    f.absentee ? 'Yes' : 'No',
  ]);
  assert.deepEqual(of(await csv({ kind: 'directives', briefing: meeting.briefing }, 'en')), expected);
  assert.deepEqual(of(await csv({ kind: 'directive', directive }, 'en')), expected);
  assert.ok(follows.some((f) => f.words === WORDS));
});

test('TR18 of a session that a province held there are lists of its own: who was connected and shown it, who came, its rounds and directives', async () => {
  const { sessions } = heldSessionsSchema.parse((await done(leader.program.get(`${url()}/sessions`))).body);
  assert.deepEqual(
    sessions.map(({ unit: of, times }) => [of, times.length, times[0]?.to !== null]),
    [['74', 1, true]],
  );
  const [{ from = '', to = '' } = {}] = sessions[0]?.times ?? [];
  const part = (name: string, who = leader) =>
    csv({ kind: 'session', briefing: meeting.briefing, unit: '74', part: name }, 'en', who);

  const presence = await part('presence');
  assert.ok(presence.length > 50);
  assert.ok(presence.every((r) => r.Province === 'Tỉnh Bình Dương' && r['Begun (Asia/Ho_Chi_Minh)'] === local(from)));
  const came = presence.filter((r) => r.Connected === 'Yes');
  assert.deepEqual(
    came.map((r) => [r['Unit code'], r['Share of the session (%)'], r['First in (Asia/Ho_Chi_Minh)']]),
    [[HIEP_THANH, '100', local(from)]],
  );
  assert.equal(came[0]?.['Ended (Asia/Ho_Chi_Minh)'], local(to));
  assert.equal(came[0]?.['Minutes shown this room'], came[0]?.['Minutes here']);

  const peopleFor = async (who: ChannelClient) =>
    (await part('people', who)).map((r) => [r['Took part'], r['From outside'], r.Account]);
  const own = ['On stage', 'No', 'Ban Điều hành Tỉnh Bình Dương'].map((said) => said.replace('Tỉnh', 'tỉnh'));
  const visit = ['On stage', 'Yes', 'Thủ tướng Chính phủ'];
  assert.deepEqual(await peopleFor(leader), [own, visit], 'that somebody above looked on is not theirs to know');
  assert.deepEqual(await peopleFor(pm), [own, ['Watched', ...visit.slice(1)], visit]);

  const rounds = await part('rounds');
  assert.deepEqual([...new Set(rounds.map((r) => r.Question))], ['Đủ xuồng chưa?']);
  assert.deepEqual(
    rounds.filter((r) => r.Result === 'On time').map((r) => r['Unit code']),
    [HIEP_THANH],
  );
  const directives = await part('directives');
  assert.deepEqual([...new Set(directives.map((r) => r.Title))], ['Kiểm tra đê']);
  assert.deepEqual([presence.length, rounds.length], [directives.length, directives.length]);

  const about = { kind: 'session', briefing: meeting.briefing, unit: '74', part: 'people' };
  for (const [who, of] of [
    [moderator.program, about],
    [pm.program, { ...about, unit: '79' }],
  ] as const) {
    const refused = await who.post('/api/reports', { about: of, format: 'csv' });
    assert.deepEqual([refused.status, refused.body.error.reason], [404, 'not-found']);
  }
  const none = heldSessionsSchema.parse((await done(moderator.program.get(`${url()}/sessions`))).body);
  assert.deepEqual(none.sessions, []);
  const seat = await below.program.get(`${url()}/sessions`);
  assert.deepEqual([seat.status, seat.body.error.reason], [403, 'forbidden']);
});

test('RP1 RP4 a report is cut to the territory of who asks, and given to whoever leads there', async () => {
  const whole = await whenReady(pm.program, await asked(pm.program, attendance(), 'csv'));
  assert.equal(whole.rows, 2_376);
  const part = await whenReady(moderator.program, await asked(moderator.program, attendance(), 'csv'));
  assert.ok(part.rows < whole.rows);
  assert.equal((await fileOf(pm.program, part)).bytes.length > 0, true, 'he leads above');
  for (const [who, report] of [
    [moderator.program, whole],
    [stranger, part],
  ] as const)
    for (const rest of ['', '/file']) {
      const refused = await who.get(`/api/reports/${report.id}${rest}`);
      assert.deepEqual([refused.status, refused.body.error.reason], [403, 'outside-territory']);
    }
  const seat = await chair.program.post('/api/reports', { about: attendance(), format: 'csv' });
  assert.deepEqual([seat.status, seat.body.error.reason], [403, 'forbidden']);
  const foreign = await stranger.post('/api/reports', { about: { kind: 'directive', directive }, format: 'csv' });
  assert.deepEqual([foreign.status, foreign.body.error.reason], [404, 'not-found'], 'CH15');
});

test('RP1 RP4 what is not there has no file, and what is no order is refused', async () => {
  const missing = await moderator.program.get(`/api/reports/${randomUUID()}/file`);
  assert.deepEqual([missing.status, missing.body.error.reason], [404, 'not-found']);
  const orders = [
    { about: attendance(), format: 'pdf' },
    { about: { kind: 'people', briefing: meeting.briefing }, format: 'csv' },
    { about: attendance(), format: 'csv', territory: 'vn' },
  ];
  for (const order of orders) assert.equal((await moderator.program.post('/api/reports', order)).status, 400);
  const nowhere = { about: { kind: 'rounds', briefing: randomUUID() }, format: 'csv' };
  assert.equal((await moderator.program.post('/api/reports', nowhere)).status, 404);
});

test('RP9 the summary counts the territory, its rounds, calls and directives', async () => {
  const { body } = await done(moderator.program.get(`${url()}/summary`));
  const summary = briefingSummarySchema.parse(body);
  const rows = await attendanceRows();
  const [whole, ...parts] = summary.territories;
  assert.deepEqual([whole?.unit, whole?.expected, whole?.attendance.excused], ['79', rows.length, 1]);
  assert.equal(whole?.came, rows.filter((r) => r.firstIn !== null).length);
  for (const verdict of ['present', 'partial', 'absent', 'excused'] as const) {
    const sum = parts.reduce((n, part) => n + part.attendance[verdict], 0);
    assert.equal(sum, whole?.attendance[verdict], verdict);
  }
  assert.deepEqual(
    summary.rounds.map(({ round: { nr, state }, total }) => [nr, state, total.expected, total.substituted]),
    [[1, 'closed', rows.length, 1]],
  );
  assert.deepEqual(
    summary.directives.map(({ directive: { id }, total }) => [id, total.addressees, total.states.acknowledged]),
    [[directive, rows.length, 1]],
  );
  const again = briefingSummarySchema.parse((await done(moderator.program.get(`${url()}/summary`))).body);
  assert.deepEqual(again.rounds, summary.rounds);
  const seat = await chair.program.get(`${url()}/summary`);
  assert.deepEqual([seat.status, seat.body.error.reason], [403, 'forbidden']);
  const elsewhere = briefingSummarySchema.parse((await done(stranger.get(`${url()}/summary`))).body);
  assert.deepEqual(
    [elsewhere.territories[0]?.unit, elsewhere.rounds.length, elsewhere.directives.length],
    ['92', 0, 0],
    'of others one hears nothing',
  );
});
