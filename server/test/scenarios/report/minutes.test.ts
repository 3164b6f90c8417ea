import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, test } from 'node:test';
import { type Minutes, minutesSchema } from '../../../src/protocol/minutes.ts';
import { Snapshot } from '../../../src/store/postgres/base/Snapshot.ts';
import { verifyDatabase } from '../../../src/store/postgres/record/verifyDatabase.ts';
import type { ChannelClient } from '../../support/ChannelClient.ts';
import { Meeting } from '../../support/Meeting.ts';
import { pdfTexts } from '../../support/pdfTexts.ts';
import { issueLinkFor } from '../../support/people.ts';
import { docxParagraphs } from '../../support/readZip.ts';
import { type Program, TestNode } from '../../support/TestNode.ts';
import { until } from '../../support/until.ts';

/** A whole briefing: one unit speaks, answers, and is corrected; another is called in vain; a directive is given. */
let node: TestNode;
let meeting: Meeting;
let pm: ChannelClient;
let moderator: ChannelClient;
let chair: ChannelClient;
let stranger: Program;
let chairUnit: string;
let early: readonly [Minutes, number, string];
const QUESTION = 'Đã chuẩn bị xong chưa?';
const ASKED = 'Bao giờ có thêm xuồng cứu hộ?';
const ANSWER = 'Trong ngày mai.';
const REASON = 'Mất điện & bão "số 5" <cấp 12>';

before(async () => {
  node = await TestNode.create();
  meeting = await Meeting.open(node);
  pm = await meeting.enter('Prime');
  moderator = await meeting.withSecret(await issueLinkFor(node, 'moderator', '79'));
  stranger = await node.signIn(await issueLinkFor(node, 'moderator', '92'));
  chair = await meeting.commune(0);
  chairUnit = chair.identity.split('.')[0] ?? '';
  await pm.act('stage.goLive', {});
  await pm.act('programme.item', { item: { nr: 1, title: 'Khai mạc' } });
  await moderator.act('green.admit', { identity: chair.identity });
  await moderator.act('stage.promote', { identity: chair.identity });
  await chair.act('stage.take', {});
  await moderator.act('stage.demote', { identity: chair.identity });
  const { question } = await chair.act('question.ask', { key: randomUUID(), text: ASKED });
  const round = await moderator.act('round.open', {
    key: randomUUID(),
    question: QUESTION,
    scope: ['79'],
    seconds: 600,
  });
  await chair.act('round.answer', { round: round.id, key: randomUUID(), answerer: 'chair' });
  await moderator.act('round.close', { key: randomUUID(), round: round.id });
  await moderator.act('stage.open', { unit: '79' });
  await moderator.act('stage.close', { unit: '79' });
  const order = { key: randomUUID(), title: 'Sơ tán dân', text: 'Trước 18 giờ.', addressees: { to: ['79'] } };
  await done(pm.program.post('/api/directives', { ...order, briefing: meeting.briefing }));
  for (const decision of [{ act: 'air' }, { act: 'write', words: ANSWER }])
    await done(
      pm.program.post(`${url()}/questions/decisions`, { key: randomUUID(), questions: [question.id], decision }),
    );
  const refused = await pm.program.get(`${url()}/minutes.docx`);
  early = [await outline(pm.program), refused.status, refused.body.error.reason];
  await done(pm.program.post(`${url()}/close`));
  await until('the attendance is sealed', async () => (await outline(pm.program)).state === 'ready', 60_000);
  const correction = { key: randomUUID(), verdict: 'excused', reason: REASON };
  await done(moderator.program.post(`${url()}/attendance/${chairUnit}/corrections`, correction));
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
const outline = async (who: Program): Promise<Minutes> =>
  minutesSchema.parse((await done(who.get(`${url()}/minutes`))).body);

async function file(who: Program, rest: string): Promise<{ headers: Headers; bytes: Buffer }> {
  const response = await fetch(`${node.url}${url()}/minutes.${rest}`, {
    headers: { authorization: `Bearer ${who.token}` },
  });
  assert.equal(response.status, 200);
  return { headers: response.headers, bytes: Buffer.from(await response.arrayBuffer()) };
}
const squeezed = (text: string): string => text.replaceAll(/\s+/g, '');

test('MN2 before the end there are none, and it is said why', () => {
  const [{ state, speeches }, status, reason] = early;
  assert.deepEqual([state, speeches, status, reason], ['not-over', [], 409, 'conflict']);
});

test('MN4 MN7 the page has who spoke, and the last seal', async () => {
  const { state, extract, speeches, seal } = await outline(pm.program);
  assert.deepEqual([state, extract, seal?.chain], ['ready', null, `briefing:${meeting.briefing}`]);
  assert.deepEqual(
    speeches.map(({ role, unit }) => [role, unit]),
    [
      ['principal', 'vn'],
      ['seat', chairUnit],
    ],
  );
});

test('MN6 MN9 MN11 MN12 the text document and the sheets say the same of the briefing, and the same record makes the same bytes', async () => {
  const docx = await file(pm.program, 'docx');
  assert.match(docx.headers.get('content-type') ?? '', /wordprocessingml\.document$/);
  assert.match(docx.headers.get('content-disposition') ?? '', /filename="?bien-ban-vn-\d{4}-\d\d-\d\d-\d+\.docx"?$/);
  const paragraphs = docxParagraphs(docx.bytes);
  const pdf = await file(pm.program, 'pdf');
  const { texts } = await pdfTexts(pdf.bytes, 100);
  const printed = squeezed(texts.join(''));
  for (const said of [
    'CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM',
    'Độc lập - Tự do - Hạnh phúc',
    'BIÊN BẢN',
    'I. CHƯƠNG TRÌNH',
    'II. THÀNH PHẦN THAM DỰ',
    `“${ASKED}”`,
    'Trả lời trực tiếp: bắt đầu lúc',
    `Trả lời bằng văn bản: ${ANSWER}`,
    'Được phép vắng: 1 đơn vị (<1%).',
    REASON,
    'Sơ tán dân',
    'CHỦ TỌA',
    'Danh sách đơn vị vắng, được phép vắng và tham dự chưa đủ thời gian',
  ]) {
    assert.ok(
      paragraphs.some((paragraph) => paragraph.includes(said)),
      `the text document says “${said}”`,
    );
    assert.ok(printed.includes(squeezed(said)), `the sheets say “${said}”`);
  }
  assert.ok(paragraphs.some((paragraph) => paragraph.startsWith(QUESTION)));
  assert.ok(paragraphs.some((paragraph) => paragraph.startsWith('Khai mạc')));
  for (const format of ['docx', 'pdf'] as const) {
    const again = await file(pm.program, format);
    assert.ok(again.bytes.equals((format === 'pdf' ? pdf : docx).bytes), `${format} is the same again`);
  }
});

test('MN7 the two lines of the paper are a witness of the record, and one digit less is none', async () => {
  const paragraphs = docxParagraphs((await file(pm.program, 'docx')).bytes);
  const at = paragraphs.findIndex((paragraph) => paragraph.startsWith(`briefing:${meeting.briefing} `));
  const [chain = '', nr] = paragraphs[at]?.split(' ') ?? [];
  const hash = paragraphs[at + 1] ?? '';
  const problemsWith = async (digits: string): Promise<number> => {
    const snapshot = await Snapshot.create(node.stores.databaseUrl);
    const witness = { source: 'minutes', chain, nr: Number(nr), hash: digits };
    const { problems } = await verifyDatabase(snapshot, { witnesses: [witness] }).finally(() => snapshot.close());
    return problems.length;
  };
  assert.match(hash, /^[0-9a-f]{64}$/);
  assert.equal(await problemsWith(hash), 0);
  assert.equal(await problemsWith(`${hash.slice(0, 63)}${hash.endsWith('0') ? '1' : '0'}`), 1);
});

test('MN5 an official of a part gets an extract of it; a seat gets none', async () => {
  const own = docxParagraphs((await file(moderator.program, 'docx?language=vi')).bytes);
  assert.ok(own.includes('TRÍCH BIÊN BẢN'));
  assert.ok(own.some((paragraph) => paragraph.startsWith('Phần về Thành phố Hồ Chí Minh:')));
  assert.ok(own.some((paragraph) => paragraph.includes(ASKED)));
  assert.ok(own.includes('Sơ tán dân') && own.some((paragraph) => paragraph.startsWith(QUESTION)));
  const foreign = docxParagraphs((await file(stranger, 'docx?language=en')).bytes);
  assert.ok(foreign.includes('EXTRACT OF THE MINUTES'));
  assert.ok(foreign.includes('No question was asked in writing.'));
  assert.ok(foreign.includes('No roll-call was held.') && foreign.includes('No directive was given in the briefing.'));
  assert.ok(!foreign.some((paragraph) => paragraph.includes(REASON)), 'of others one hears nothing');
  const { extract } = await outline(stranger);
  assert.equal(extract?.unit, '92');
  for (const rest of ['minutes', 'minutes.docx', 'minutes.pdf']) {
    const refused = await chair.program.get(`${url()}/${rest}`);
    assert.deepEqual([refused.status, refused.body.error.reason], [403, 'forbidden']);
  }
});

test('MN8 who asks for the same file at once gets the same one', async () => {
  const files = await Promise.all(Array.from({ length: 5 }, () => file(pm.program, 'pdf')));
  assert.equal(new Set(files.map(({ bytes }) => bytes.toString('base64'))).size, 1);
});

test('TR17 a session that a unit held has minutes of its own, for its officials and those above alone', async () => {
  for (const who of [pm.program, moderator.program]) {
    const { sessions } = await outline(who);
    assert.deepEqual(
      sessions.map(({ unit, times, speeches: n }) => [unit, times.length, n]),
      [['79', 1, 1]],
    );
  }
  assert.deepEqual((await outline(stranger)).sessions, []);
  const { headers, bytes } = await file(moderator.program, 'docx?session=79');
  assert.match(headers.get('content-disposition') ?? '', /bien-ban-hop-rieng-79-/);
  const text = docxParagraphs(bytes).join('\n');
  assert.match(text, /Phiên họp riêng của Thành phố Hồ Chí Minh, trong phiên họp “/);
  assert.doesNotMatch(text, new RegExp(ASKED.replace('?', '')), 'questions are of the briefing');
  assert.ok((await file(pm.program, 'pdf?session=79')).bytes.length > 1000);
  const refused = await stranger.get(`${url()}/minutes.docx?session=79`);
  assert.deepEqual([refused.status, refused.body.error.reason], [404, 'not-found']);
});
