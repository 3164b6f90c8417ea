import { expect, test } from '@playwright/test';
import { nothingSerious } from './support/nothingSerious.ts';
import { Person } from './support/People.ts';
import { TwoNodes } from './support/TwoNodes.ts';

let nodes: TwoNodes;
test.beforeAll(async () => {
  test.setTimeout(240_000);
  nodes = await TwoNodes.start({ JOINS_PER_SECOND: '1' });
});
test.afterAll(() => nodes?.stop());

test('PL16 PL17 PL18 in a crowd a commune reads whose turn is when, keeps it over a reload and the death of its node, and goes in by itself, or at once when it is called', async ({
  browser,
}) => {
  test.setTimeout(240_000);
  const people = await Promise.all([0, 1, 2].map(() => Person.sit(browser)));
  const [far, near, pm] = people as [Person, Person, Person];
  await nodes.prefer('one');
  const link = await nodes.crowd(25);

  await near.open(link);
  await near.button('Vào phòng họp').click();
  await expect(near.page.getByRole('heading', { name: /^Vào phòng họp lúc \d\d:\d\d$/ })).toBeVisible();
  await expect(near.page.getByRole('status')).toHaveText(/^Còn khoảng \d+ giây\.$/);

  await far.open(nodes.link('commune'));
  await far.button('Vào phòng họp').click();
  const turn = far.page.getByRole('heading', { name: /^Thành phố Hồ Chí Minh vào lúc \d\d:\d\d$/ });
  await expect(turn).toBeVisible();
  await expect(far.page.getByRole('status')).toHaveText(/^Còn khoảng \d+ phút\.$/);
  await nothingSerious(far.page);
  const said = await turn.textContent();

  await pm.enter(nodes.link('Prime Minister'));
  await expect(near.page.locator('.stage'), 'by itself').toBeVisible({ timeout: 60_000 });

  for (const dies of [false, true]) {
    await nodes.prefer('two');
    if (dies) await nodes.kill('one');
    await far.page.reload();
    await far.button('Vào phòng họp').click();
    await expect(turn).toHaveText(said ?? '');
  }

  await pm.button('Bắt đầu phát').click();
  await expect(async () => {
    // Its order channel comes within ten seconds; before that it is not connected.
    await pm.page.getByRole('combobox').fill('tan dinh quan 1 ho chi minh');
    await pm.page
      .getByRole('option', { name: /^Phường/ })
      .first()
      .click();
    await pm.button(/^Gọi phường Tân Định/).click();
    await expect(far.button('Nhận cuộc gọi')).toBeVisible({ timeout: 12_000 });
  }).toPass({ timeout: 60_000 });
  await expect(far.page.locator('.stage'), 'long before its turn').toBeVisible();
  for (const person of people) {
    expect(person.problems).toEqual([]);
    await person.leave();
  }
});
