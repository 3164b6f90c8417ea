import { expect, type Page, test, type WebSocket } from '@playwright/test';
import { nothingSerious } from './support/nothingSerious.ts';
import { Person } from './support/People.ts';
import { TwoNodes } from './support/TwoNodes.ts';

let nodes: TwoNodes;
test.beforeAll(async () => {
  test.setTimeout(240_000);
  nodes = await TwoNodes.start({ JOINS_PER_SECOND: '1' });
});
test.afterAll(() => nodes?.stop());

/** The order channel that the page opens next, once it has been told of the floor there. */
async function nextChannel(page: Page): Promise<WebSocket> {
  const channel = await page.waitForEvent('websocket', (socket) => socket.url().includes('/socket.io/'));
  await channel.waitForEvent('framereceived', ({ payload }) => payload.includes('"floor"'));
  return channel;
}

test('PL16 PL17 PL18 PL22 CH14 in a crowd a commune reads whose turn is when, keeps it over a reload and the death of its node, also to come back, can be called from the check of its devices on, and goes in by itself, or at once when it is called', async ({
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

  await nodes.prefer('two');
  let channel: WebSocket | undefined;
  for (const dies of [false, true]) {
    if (dies) {
      await nodes.crowdBack('two');
      await nodes.kill('one');
      await expect(near.page.getByText(/Nhiều nơi cùng nối lại .* còn khoảng \d+ giây/)).toBeVisible();
    }
    [channel] = await Promise.all([nextChannel(far.page), far.page.reload()]);
    await far.button('Vào phòng họp').click();
    await expect(turn).toHaveText(said ?? '');
    expect(channel.isClosed(), 'while it waits').toBe(false);
  }
  await expect(near.page.getByText('Đường truyền tốt').first(), 'by itself').toBeVisible({ timeout: 60_000 });

  await pm.button('Bắt đầu phát').click();
  await expect(async () => {
    // Until it is certain that the other node is dead, a call is refused.
    await pm.page.getByRole('combobox').fill('tan dinh quan 1 ho chi minh');
    await pm.page
      .getByRole('option', { name: /^Phường/ })
      .first()
      .click();
    await pm.button(/^Gọi phường Tân Định/).click();
    await expect(far.button('Nhận cuộc gọi')).toBeVisible({ timeout: 12_000 });
  }).toPass({ timeout: 60_000 });
  await expect(far.page.locator('.stage'), 'long before its turn').toBeVisible();
  await expect.poll(() => channel?.isClosed(), 'another took its place').toBe(true);
  await expect(pm.page.getByText('Không có máy nào trong phòng')).toHaveCount(0);
  for (const person of people) {
    expect(person.problems).toEqual([]);
    await person.leave();
  }
});
