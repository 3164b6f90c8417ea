import { expect, test } from '@playwright/test';
import { Person } from './support/People.ts';
import { TwoNodes } from './support/TwoNodes.ts';

const PM = 'Thủ tướng Chính phủ';
let nodes: TwoNodes;
let pm: Person;
let commune: Person;
test.beforeAll(async ({ browser }) => {
  test.setTimeout(240_000);
  nodes = await TwoNodes.start();
  [pm, commune] = [await Person.sit(browser), await Person.sit(browser)];
});
test.afterAll(async () => {
  for (const person of [pm, commune]) await person?.leave();
  await nodes?.stop();
});

test('CL7 SC2 a node that stands still does not say whether a unit is there: the page says that it was not called, and a call rings when it answers again', async () => {
  await nodes.prefer('one');
  await pm.enter(nodes.link('Prime Minister'));
  await pm.button('Bắt đầu phát').click();
  await nodes.prefer('two');
  await commune.enter(nodes.link('commune'));
  await commune.seesMoving(PM);
  const search = pm.page.getByRole('combobox');
  await search.fill('tan dinh quan 1 ho chi minh');
  await pm.page
    .getByRole('option', { name: /^Phường Tân Định.*Đang kết nối/ })
    .first()
    .click();
  const call = pm.button(/^Gọi phường Tân Định/);
  await expect(call).toBeFocused();

  await nodes.pause('two');
  await pm.page.keyboard.press('Enter');
  const said = pm.page.getByText('Chưa gọi được phường Tân Định: máy chủ chưa trả lời. Chưa có gì được ghi nhận.');
  await expect(said.first()).toBeVisible();
  await expect(pm.button('Huỷ cuộc gọi')).toHaveCount(0);
  // It is still chosen, so that it is called again with one press.
  await expect(call).toBeFocused();

  await nodes.resume('two');
  await commune.seesMoving(PM, 60_000);
  // Where it stood still for so long that others took it for dead, its units are away for a moment, and called from the card that says so.
  await expect(async () => {
    if (await call.isVisible()) await call.press('Enter');
    await expect(commune.button('Nhận cuộc gọi')).toBeVisible({ timeout: 3_000 });
  }).toPass({ timeout: 60_000 });
  for (const person of [pm, commune]) expect(person.problems).toEqual([]);
});

test('PL27 when the node of the speaker stands still, a page at another node says that no picture comes, and nothing that is not so', async () => {
  await nodes.prefer('one');
  await commune.seesMoving(PM, 60_000);
  const line = (word: string) => commune.page.locator('.line-sign', { hasText: word });
  await expect(line('Đường truyền tốt')).toBeVisible();
  await expect(commune.page.getByRole('heading', { name: 'Đang xem và nghe' })).toBeVisible();
  await nodes.pause('one');
  await expect(line('Hình chưa tới')).toBeVisible();
  await expect(commune.page.getByRole('heading', { name: 'Đang xem và nghe' })).toHaveCount(0);
  await nodes.resume('one');
  await commune.seesMoving(PM, 60_000);
  await expect(line('Đường truyền tốt')).toBeVisible({ timeout: 60_000 });
});
