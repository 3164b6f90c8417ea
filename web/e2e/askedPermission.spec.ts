import { expect, test } from '@playwright/test';
import { nothingSerious } from './support/nothingSerious.ts';
import { Person } from './support/People.ts';
import { Server } from './support/Server.ts';

let server: Server;
test.beforeAll(async () => {
  server = await Server.start();
});
test.afterAll(() => server?.stop());

test('FL48 PN44 while the browser asks for permission the door says so, and then one sees oneself as all do, or in a mirror', async ({
  browser,
}) => {
  const person = await Person.sit(browser);
  const { page } = person;
  await page.addInitScript(askForPermission);
  await person.open(server.communes[1] ?? '');
  const main = page.getByRole('main');
  await expect(main).toContainText('Trình duyệt đang hỏi quyền dùng camera và micro. Hãy bấm “Cho phép”.');
  await expect(main).toContainText('Đang chờ cho phép dùng micro.');
  await expect(main).not.toContainText(/Đang mở (camera|micro)/);
  await page.evaluate(() => (window as unknown as { allow: () => void }).allow());
  const own = main.locator('.check-picture video');
  await expect(own).toBeVisible();
  await expect(main).not.toContainText('Trình duyệt đang hỏi');
  const mirrored = main.locator('.check-picture video.mirrored');
  await expect(mirrored).toHaveCount(0);
  await person.button('Xem mình như trong gương').click();
  await expect(mirrored).toHaveCount(1);
  await nothingSerious(page);
  expect(person.problems).toEqual([]);
  await person.leave();
});

/** The browser asks for permission, and is answered only when the story says so. */
function askForPermission(): void {
  const page = window as unknown as { allow: () => void };
  const allowed = new Promise<void>((done) => {
    page.allow = done;
  });
  const query = navigator.permissions.query.bind(navigator.permissions);
  navigator.permissions.query = async (wish) => {
    const status = await query(wish);
    const isDevice = ['camera', 'microphone'].includes(wish.name as string);
    return isDevice ? Object.defineProperty(status, 'state', { value: 'prompt' }) : status;
  };
  if (!navigator.mediaDevices) return; // the empty page
  const open = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
  navigator.mediaDevices.getUserMedia = async (wish) => {
    await allowed;
    return open(wish);
  };
}
