import { expect, type Page, test } from '@playwright/test';
import { Person } from './support/People.ts';
import { Server } from './support/Server.ts';

let server: Server;
test.beforeAll(async () => {
  server = await Server.start();
});
test.afterAll(() => server?.stop());

/** As the outbox of somebody else who used this browser has left it. */
const leaveAnswer = (page: Page) =>
  page.evaluate(async () => {
    const db = await new Promise<IDBDatabase>((resolve, reject) => {
      const asked = indexedDB.open('dieu-hanh');
      asked.onsuccess = () => resolve(asked.result);
      asked.onerror = () => reject(asked.error);
    });
    const change = db.transaction('outbox', 'readwrite');
    change.objectStore('outbox').put({
      key: crypto.randomUUID(),
      owner: crypto.randomUUID(),
      via: 'round.answer',
      payload: {
        briefing: crypto.randomUUID(),
        ask: { round: crypto.randomUUID(), key: crypto.randomUUID(), answerer: 'chair' },
      },
      writtenAt: new Date().toISOString(),
      status: 'unsent',
    });
    await new Promise((resolve, reject) => {
      change.oncomplete = resolve;
      change.onerror = reject;
    });
    db.close();
  });
const databases = (page: Page) => page.evaluate(async () => (await indexedDB.databases()).length);
const signOut = (person: Person) =>
  person
    .button(/^(Đăng xuất|Sign out)$/)
    .first()
    .click();
/** The sheet that asks about it says the same words, so the heading: until it is there the browser may be deleting, and then answers nobody. */
const isOut = (person: Person) =>
  expect(person.page.getByRole('heading', { name: 'Hãy mở liên kết cá nhân' })).toBeVisible();

test('WB3 who signs out leaves nothing behind, is asked first when anybody has unsent answers, and comes back by the link', async ({
  browser,
}) => {
  const chair = await Person.sit(browser);
  const link = server.communes[0] ?? '';
  const sheet = chair.page.getByRole('dialog');
  await chair.open(link);
  await expect(chair.button('Vào phòng họp')).toBeVisible();
  await signOut(chair);
  await expect(sheet).toContainText('Mọi thứ trang này lưu trên máy sẽ được xoá');
  await chair.button('Đăng xuất', sheet).click();
  await isOut(chair);
  expect(await databases(chair.page)).toBe(0);

  await chair.open('about:blank');
  await chair.open(link);
  await expect(chair.button('Vào phòng họp')).toBeVisible();
  await leaveAnswer(chair.page);
  await signOut(chair);
  await expect(sheet).toContainText('1 câu trả lời của tài khoản khác chưa tới máy chủ');
  await chair.button('Đăng xuất, giữ lại', sheet).click();
  await isOut(chair);
  expect(await databases(chair.page)).toBe(1);

  await chair.open('about:blank');
  await chair.open(link);
  await expect(chair.button('Vào phòng họp')).toBeVisible();
  await signOut(chair);
  await expect(sheet).toContainText('1 câu trả lời của tài khoản khác');
  await chair.button('Xoá hết và đăng xuất', sheet).click();
  await isOut(chair);
  expect(await databases(chair.page)).toBe(0);
  expect(chair.problems).toEqual([]);
  await chair.leave();
});

test('WB2 no text becomes markup, code or a style of the page, and the page itself asks for none of it', async ({
  browser,
}) => {
  const pm = await Person.sit(browser);
  await pm.page.addInitScript(() => {
    const found: string[] = [];
    document.addEventListener('securitypolicyviolation', ({ effectiveDirective }) => found.push(effectiveDirective));
    Object.assign(self, { violations: found });
  });
  const violations = () => pm.page.evaluate(() => Reflect.get(self, 'violations') as string[]);
  await pm.enter(server.link('Prime Minister'));
  expect(await violations()).toEqual([]);
  expect(pm.problems).toEqual([]);
  const tried = await pm.page.evaluate(() => {
    const names: string[] = [];
    const attempt = (work: () => unknown) => {
      try {
        work();
        names.push('done');
      } catch (error) {
        names.push((error as Error).name);
      }
    };
    attempt(() => {
      document.createElement('div').innerHTML = '<img src=x onerror=alert(1)>';
    });
    attempt(() => document.write('<b>x</b>'));
    attempt(() => new Worker('data:text/javascript,1'));
    attempt(() => Reflect.get(self, 'trustedTypes').createPolicy('mine', {}));
    attempt(() => setTimeout('1'));
    document.head.append(Object.assign(document.createElement('style'), { textContent: 'body{display:none}' }));
    return names;
  });
  expect(tried).toEqual(['TypeError', 'TypeError', 'TypeError', 'TypeError', 'TypeError']);
  await expect.poll(violations).toContain('style-src-elem');
  await expect(pm.page.locator('.stage')).toBeVisible();
  await pm.leave();
});
