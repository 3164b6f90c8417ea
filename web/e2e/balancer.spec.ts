import { expect, type Page, test } from '@playwright/test';
import { Person } from './support/People.ts';
import { noHaProxy, TwoNodes } from './support/TwoNodes.ts';

test.describe.configure({ mode: 'serial' });
/** The authority of HAProxy's certificate is known to nobody else. */
test.use({ ignoreHTTPSErrors: true });
test.skip(noHaProxy !== undefined, noHaProxy);

const PM = 'Thủ tướng Chính phủ';
const COMMUNE = 'UBND phường Tân Định';
let nodes: TwoNodes;
let pm: Person;
let commune: Person;
/** Connections of signalling that each page has made. */
const signalled = new Map<Person, number>();

test.beforeAll(async ({ browser }) => {
  test.setTimeout(240_000);
  nodes = await TwoNodes.start({ FRONT: 'haproxy' });
  [pm, commune] = [await Person.sit(browser), await Person.sit(browser)];
  for (const person of [pm, commune])
    person.page.on('websocket', (socket) => {
      if (new URL(socket.url()).pathname !== '/rtc') return;
      signalled.set(person, (signalled.get(person) ?? 0) + 1);
    });
});
test.afterAll(async () => {
  for (const person of [pm, commune]) await person?.leave();
  await nodes?.stop();
});

const protocol = (page: Page) =>
  page.evaluate(() => (performance.getEntriesByType('navigation')[0] as PerformanceNavigationTiming).nextHopProtocol);

/** The commune's page, and all of its connections, at node two. */
async function sitAtTwo(): Promise<void> {
  await nodes.prefer('two');
  await commune.page.reload();
  await commune.button('Vào phòng họp').click();
  await commune.seesMoving(PM);
  await nodes.preferNone();
  signalled.clear();
}

/** It is called, and on stage there. */
async function call(): Promise<void> {
  await pm.page.getByRole('combobox').fill('tan dinh quan 1 ho chi minh');
  await pm.page
    .getByRole('option', { name: /^Phường/ })
    .first()
    .click();
  await pm.button(/^Gọi phường Tân Định/).click();
  await commune.button('Nhận cuộc gọi').click();
  await pm.seesMoving(COMMUNE);
}

async function hangUp(): Promise<void> {
  await pm.button('Kết thúc cuộc gọi').click();
  await expect(commune.page.getByText('Đang xem và nghe')).toBeVisible();
  await expect(pm.tile(COMMUNE)).toHaveCount(0);
}

test('ST9 pages come by HTTP/2 through HAProxy to two nodes: with their channels and signalling, one sees the other, is called and seen', async () => {
  await nodes.prefer('one');
  await pm.enter(nodes.link('Prime Minister'));
  expect(await protocol(pm.page)).toBe('h2');
  await pm.button('Bắt đầu phát').click();
  await nodes.prefer('two');
  await commune.enter(nodes.link('commune'));
  await commune.seesMoving(PM);
  await nodes.preferNone();
  await call();
  await commune.seesMoving(PM);
  await hangUp();
});

test('ST10 a node is killed: its page goes on at the other, on stage as before, and the other page notices nothing', async () => {
  await call();
  signalled.clear();
  await nodes.kill('two');
  await expect.poll(() => signalled.get(commune) ?? 0, { timeout: 60_000 }).toBeGreaterThan(0);
  await commune.seesMoving(PM, 60_000);
  await pm.seesMoving(COMMUNE, 60_000);
  await expect(commune.page.getByText('Đang phát tới mọi người')).toBeVisible();
  await hangUp();
  expect(signalled.get(pm)).toBeUndefined();
});

test('ST10 a node stands still: HAProxy ends its connections, and its page is called at the other', async () => {
  await nodes.start('two');
  await sitAtTwo();
  await nodes.pause('two');
  await expect.poll(() => signalled.get(commune) ?? 0, { timeout: 60_000 }).toBeGreaterThan(0);
  await commune.seesMoving(PM, 60_000);
  await call();
  await nodes.resume('two');
  await hangUp();
  expect(signalled.get(pm)).toBeUndefined();
});

test('ST11 a node is told to end: it sends its page to the other, which lets it in at its first try; nobody was away, and the record holds', async () => {
  await sitAtTwo();
  await nodes.end('two');
  // It was told to go before the node was over; a busy page does so a moment later.
  await expect.poll(() => signalled.get(commune)).toBe(1);
  await commune.seesMoving(PM);
  await call();
  await hangUp();
  expect([signalled.get(commune), signalled.get(pm)]).toEqual([1, undefined]);
  expect(await nodes.came()).toEqual(['Phường Tân Định: present, always there']);
  expect(await nodes.problems()).toEqual([]);
  for (const person of [pm, commune]) expect(person.problems).toEqual([]);
});
