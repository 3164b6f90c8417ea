import assert from 'node:assert/strict';
import { createHash, randomUUID } from 'node:crypto';
import { after, before, test } from 'node:test';
import { SLIDE_BYTES } from '../../../src/protocol/limits.ts';
import { sessionHeader } from '../../../src/protocol/session.ts';
import type { Deck } from '../../../src/protocol/slides.ts';
import { Postgres } from '../../../src/store/postgres/base/Postgres.ts';
import { PgSlides } from '../../../src/store/postgres/slides/PgSlides.ts';
import type { ChannelClient } from '../../support/ChannelClient.ts';
import { Meeting } from '../../support/Meeting.ts';
import { type Program, TestNode } from '../../support/TestNode.ts';
import { until } from '../../support/until.ts';

let node: TestNode;
let meeting: Meeting;
let pm: ChannelClient;
let chair: ChannelClient;
let moderator: Program;
let foreign: Program;
before(async () => {
  node = await TestNode.create();
  meeting = await Meeting.open(node);
  pm = await meeting.enter('Prime');
  chair = await meeting.commune(0);
  moderator = (await meeting.enter('moderator')).program;
  foreign = await node.signIn(node.secret('commune'), 'meeting');
});
after(async () => {
  meeting?.close();
  await node?.close();
});

/** A picture by its head; nobody decodes it on the server. */
const picture = (text: string, size = 200) => {
  const bytes = Buffer.alloc(size);
  bytes.write('\x89PNG\r\n\x1a\n', 0, 'latin1');
  bytes.write('IHDR', 12, 'latin1');
  bytes.writeUInt32BE(1920, 16);
  bytes.writeUInt32BE(1080, 20);
  bytes.write(text, 40);
  return bytes;
};
const sha256Of = (bytes: Buffer | string) => createHash('sha256').update(bytes).digest('hex');
async function upload(by: Program, bytes: Buffer, type = 'image/png') {
  const response = await fetch(`${node.url}/api/slides`, {
    method: 'POST',
    headers: { authorization: `Bearer ${by.token}`, 'content-type': type },
    body: new Uint8Array(bytes),
  });
  return { status: response.status, body: (await response.json()) as { sha256: string; error?: { reason: string } } };
}
const begin = async (source: string, size: number): Promise<Deck> => {
  const wanted = { source: sha256Of(source), title: 'Tình hình dịch', size };
  const { status, body } = await pm.program.post(`/api/briefings/${meeting.briefing}/decks`, wanted);
  assert.equal(status, 200, JSON.stringify(body));
  return body;
};
async function putPage(deck: Deck, nr: number, text = `Trang ${nr}`) {
  const wide = (await upload(pm.program, picture(`${deck.source} ${nr}`))).body.sha256;
  const narrow = (await upload(pm.program, picture(`${deck.source} ${nr} small`))).body.sha256;
  const page = { wide, narrow, width: 1920, height: 1080, text };
  return { page, status: (await pm.program.send('PUT', `/api/decks/${deck.id}/pages/${nr}`, page)).status };
}
const whole = async (source: string, size: number): Promise<Deck> => {
  const deck = await begin(source, size);
  for (let nr = 1; nr <= size; nr++) assert.equal((await putPage(deck, nr)).status, 204);
  return (await pm.program.get(`/api/decks/${deck.id}`)).body;
};

test('SL1 SL2 whoever stopped in the middle goes on with the pages that are missing; what is complete stays as it is', async () => {
  const deck = await begin('one', 3);
  await putPage(deck, 1);
  await putPage(deck, 3);
  const again = await begin('one', 3);
  assert.deepEqual([again.id, again.pages.map((page) => page?.text ?? null)], [deck.id, ['Trang 1', null, 'Trang 3']]);
  assert.equal(await pm.refusal('slides.show', { deck: deck.id }), 'conflict');
  const missing = { wide: sha256Of('x'), narrow: sha256Of('x'), width: 1, height: 1, text: '' };
  assert.equal((await pm.program.send('PUT', `/api/decks/${deck.id}/pages/2`, missing)).status, 409);
  assert.equal((await putPage(deck, 1, 'Trang 1, bản sửa')).status, 204);
  assert.equal((await putPage(deck, 2)).status, 204);
  assert.equal((await putPage(deck, 1, 'quá muộn')).status, 409);
  const { decks } = (await pm.program.get(`/api/briefings/${meeting.briefing}/decks`)).body;
  assert.deepEqual(
    decks.map((d: Deck & { ready: number }) => [d.id, d.ready, d.shown]),
    [[deck.id, 3, false]],
  );
  // The moderator of the demo leads one province; the stage is the nation's.
  const wanted = { source: sha256Of('m'), title: 'Của tỉnh', size: 1 };
  assert.equal((await moderator.post(`/api/briefings/${meeting.briefing}/decks`, wanted)).status, 403);
  assert.equal((await moderator.send('DELETE', `/api/decks/${deck.id}`)).status, 403);
  assert.equal((await pm.program.send('DELETE', `/api/decks/${deck.id}`)).status, 204);
});

test('SL3 a picture that is too large, of another type, or of somebody who prepares nothing, is refused', async () => {
  assert.equal((await upload(pm.program, picture('big', SLIDE_BYTES + 1))).body.error?.reason, 'too-large');
  assert.equal((await upload(pm.program, Buffer.from('<svg/>'))).body.error?.reason, 'bad-request');
  assert.equal((await upload(pm.program, picture('x'), 'image/webp')).body.error?.reason, 'bad-request');
  assert.equal((await upload(pm.program, picture('x'), 'image/svg+xml')).body.error?.reason, 'bad-request');
  assert.equal((await upload(chair.program, picture('x'))).body.error?.reason, 'forbidden');
});

test('SL4 SL6 before its show nobody else sees a deck; then its pictures are kept by the browser for good', async () => {
  const deck = await whole('two', 2);
  const sha256 = deck.pages[1]?.wide ?? '';
  const path = `/api/decks/${deck.id}/images/${sha256}`;
  assert.equal((await foreign.get(`/api/decks/${deck.id}`)).status, 404);
  assert.equal((await foreign.get(path)).status, 404);
  await pm.act('slides.show', { deck: deck.id });
  await chair.heardOf('slides', ({ shown }) => shown?.deck === deck.id && shown.page === 1);
  const answer = await foreign.get(path);
  assert.equal(answer.status, 200, 'the page that comes next is there already');
  assert.equal(answer.headers.get('cache-control'), 'private, max-age=31536000, immutable');
  assert.equal(answer.headers.get('content-type'), 'image/png');
  assert.equal(answer.headers.get('x-content-type-options'), 'nosniff');
  assert.equal((await foreign.get(`/api/decks/${deck.id}/images/${sha256Of('another')}`)).status, 404);
  const nobody = await fetch(node.url + path, { headers: { [sessionHeader]: 'nobody-1' } });
  assert.equal(nobody.status, 401);
});

test('SL5 SL7 SL9 who leads the stage turns its pages; a number is told, also to those who come late', async () => {
  const deck = await whole('three', 3);
  await pm.act('slides.show', { deck: deck.id, page: 2 });
  assert.equal(await chair.refusal('slides.turn', { deck: deck.id, page: 3 }), 'forbidden');
  await pm.act('slides.turn', { deck: deck.id, page: 3 });
  const told = await chair.heardOf('slides', ({ shown }) => shown?.deck === deck.id && shown.page === 3);
  await pm.act('slides.turn', { deck: deck.id, page: 3 });
  const late = await meeting.commune(1);
  assert.deepEqual(await late.heardOf('slides', ({ seq }) => seq > 0), told, 'pressed twice, turned once');
  assert.ok(JSON.stringify(told).length < 250, 'a notice is a number, and no picture');
  assert.equal(await pm.refusal('slides.turn', { deck: randomUUID(), page: 1 }), 'conflict');
  assert.equal(await pm.refusal('slides.turn', { deck: deck.id, page: 4 }), 'bad-request');
  assert.equal((await pm.program.send('DELETE', `/api/decks/${deck.id}`)).status, 409);
});

test('SL10 a pointer is told some times a second, with its page alone, and that it is gone always', async () => {
  const { shown } = pm.all('slides').at(-1) ?? {};
  assert.ok(shown);
  const { deck, page } = shown;
  const answers = await Promise.all(
    Array.from({ length: 8 }, (_, i) => pm.ask('slides.point', { deck, page, at: { x: i / 10, y: 0.5 } })),
  );
  const refused = answers.filter((answer) => 'error' in answer && answer.error.reason === 'rate-limited');
  assert.ok(refused.length >= 4, `${refused.length} of 8 are refused`);
  await pm.act('slides.point', { deck, page: page - 1, at: { x: 0, y: 0 } });
  await pm.act('slides.point', { deck, page, at: null });
  await chair.heardOf('slides.pointer', ({ at }) => at === null);
  const points = chair.all('slides.pointer');
  assert.ok(
    points.every((point) => point.page === page),
    'none of another page',
  );
  assert.equal(points.length, 8 - refused.length + 1);
  assert.equal(await chair.refusal('slides.point', { deck, page, at: null }), 'forbidden');
});

test('SL8 SL9 on record are show and end with their pages; what is shown survives a node, and ends with the briefing', async () => {
  const postgres = await Postgres.create(node.stores.databaseUrl, () => undefined, 2);
  try {
    const [deck] = (await pm.program.get(`/api/briefings/${meeting.briefing}/decks`)).body.decks.filter(
      (d: Deck) => d.source === sha256Of('three'),
    );
    const store = new PgSlides(postgres);
    const { shown } = await store.read(meeting.briefing);
    assert.deepEqual([shown?.deck, shown?.page], [deck.id, 3], 'what another node would read');
    const { epoch } = (await pm.program.get(`/api/briefings/${meeting.briefing}`)).body;
    await pm.program.post(`/api/briefings/${meeting.briefing}/close`, { epoch });
    const acts = await until('the deck has ended', async () => {
      const rows = await postgres.query<{ act: string; images: string[]; turns: { page: number }[]; by_name: string }>(
        'SELECT act, images, turns, by_name FROM slide_acts WHERE deck = $1 ORDER BY seq',
        [deck.id],
      );
      return rows.length === 2 ? rows : undefined;
    });
    const images = (await pm.program.get(`/api/decks/${deck.id}`)).body.pages.map(
      (page: { wide: string }) => page.wide,
    );
    assert.deepEqual(
      acts.map(({ act, images: pages }) => [act, pages]),
      [
        ['show', images],
        ['end', images],
      ],
    );
    assert.deepEqual(
      acts.map(({ turns }) => turns.map(({ page }) => page)),
      [[], [2, 3]],
    );
    assert.equal(acts[1]?.by_name, null);
  } finally {
    await postgres.close();
  }
});
