import { expect, test } from '@playwright/test';
import { devPagesOfFile } from './support/DevPages.ts';

const pages = devPagesOfFile();

test('PN28 who speaks and who leads see the time of the item; its end changes words and colour, and cuts nobody off', async ({
  browser,
}) => {
  for (const [who, state] of [
    ['commune', 'call'],
    ['moderator', 'live'],
  ] as const) {
    const page = await pages.open(browser, `page=${who}&state=${state}`, [1366, 768]);
    const timer = page.locator('.item-timer');
    await expect(timer).toContainText('Còn lại của mục này (20 phút)');
    await expect(timer.locator('strong')).toHaveText(/^00:0[67]:\d\d$/);
    await page.clock.install();
    await page.clock.fastForward('10:00');
    await expect(timer).toContainText('Quá 20 phút dự kiến của mục này');
    await expect(timer).toHaveAttribute('data-over', 'true');
    await expect(page.locator('.tile').first()).toBeVisible();
    await page.close();
  }
});

test('FL39, PN29 a speaker reads their own time alone, large; its end changes words, icon and colour and is heard once', async ({
  browser,
}) => {
  for (const size of [
    [1366, 768],
    [390, 844],
  ] as const) {
    const page = await pages.open(browser, 'page=commune&state=timer', size);
    const timer = page.getByRole('timer');
    await expect(timer).toHaveCount(1);
    await expect(timer).toContainText('Thời gian phát biểu còn lại (3 phút)');
    await expect(timer.locator('strong')).toHaveText(/^2:[23]\d$/);
    await expect(timer).toBeInViewport({ ratio: 1 });
    const look = () =>
      timer.evaluate((element) => ({
        colour: getComputedStyle(element).backgroundColor,
        icon: element.querySelector('svg')?.innerHTML,
        height: element.querySelector('strong')?.getBoundingClientRect().height ?? 0,
      }));
    const before = await look();
    expect(before.height).toBeGreaterThan(32);
    await page.clock.install();
    await page.clock.fastForward('03:00');
    await expect(timer).toContainText('Đã quá 3 phút phát biểu');
    await expect(timer.locator('strong')).toHaveText(/^0:[23]\d$/);
    const after = await look();
    expect(after.colour).not.toBe(before.colour);
    expect(after.icon).not.toBe(before.icon);
    const heard = page.locator('[aria-live=polite]').first();
    await expect(heard).toHaveText('Đã hết 3 phút phát biểu.', { useInnerText: false });
    const said = await heard.evaluateHandle((region) => {
      const texts: string[] = [];
      new MutationObserver(() => texts.push(region.textContent ?? '')).observe(region, {
        ...{ subtree: true, childList: true, characterData: true },
      });
      return texts;
    });
    await page.clock.fastForward('01:00');
    await expect(timer.locator('strong')).toHaveText(/^1:[23]\d$/);
    // It is heard once, and gone (KP13).
    await expect(heard).toBeEmpty();
    expect(await said.jsonValue()).toEqual(['']);
    await expect(page.locator('.tile').first()).toBeVisible();
    await page.close();
  }
});

test('FL39 whoever produces reads what each speaker has left in their line, and gives it there with two presses', async ({
  browser,
}) => {
  for (const name of ['principal', 'moderator']) {
    const page = await pages.open(browser, `page=${name}&state=timer`, [1366, 768]);
    const runs = page.getByRole('button', { name: /^2:[23]\d còn lại, hẹn giờ cho UBND Xã Tân Phú$/ });
    await expect(runs).toHaveCount(1);
    await expect(page.getByRole('button', { name: /^Quá 0:4\d hẹn giờ cho UBND Phường Bến Nghé$/ })).toHaveCount(1);
    await expect(page.getByRole('button', { name: /hẹn giờ cho Thủ tướng/i })).toHaveCount(0);
    await page.getByRole('button', { name: 'Hẹn giờ cho UBND Xã Thạnh Mỹ Tây' }).click();
    const choices = page.getByRole('menuitem');
    await expect(choices).toHaveText(['2 phút', '3 phút', '5 phút', '10 phút', '15 phút']);
    await page.keyboard.press('Escape');
    await runs.click();
    await expect(choices.last()).toHaveText('Bỏ hẹn giờ');
    await page.close();
  }
});
