import { expect, test } from '@playwright/test';
import { devPagesOfFile } from './support/DevPages.ts';

const pages = devPagesOfFile();

test('KP13 what was announced leaves the page after a while, and the same sentence is announced again', async ({
  browser,
}) => {
  const page = await pages.open(browser, 'page=principal&state=live', [1366, 768]);
  await page.clock.install();
  const region = page.locator('[aria-live=assertive].unseen').first();
  // Made-up tools refuse every act, which is announced.
  const refused = page.getByRole('button', { name: 'Lưới 4' });
  for (const time of [1, 2]) {
    await refused.click();
    await expect(region, `time ${time}`).not.toBeEmpty();
    await page.clock.fastForward('00:11');
    await expect(region, `time ${time}`).toBeEmpty();
  }
  await page.close();
});
