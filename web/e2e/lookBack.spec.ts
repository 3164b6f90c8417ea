import { randomUUID } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { nothingSerious } from './support/nothingSerious.ts';
import { Person } from './support/People.ts';
import { Server } from './support/Server.ts';

test.describe.configure({ mode: 'serial' });

const NAME = 'Máy thở sẵn sàng';
const CODE = 'a-ventilators';
/** Communes of Hà Nội. */
const [one, two] = ['00001', '00004'];
/** A day before the story began: midnight may be within it. */
const period = new Date(Date.now() - 86_400_000).toISOString();
let folder: string;
let server: Server;
let pm: Person;
test.beforeAll(async ({ browser }) => {
  folder = await mkdtemp(join(tmpdir(), 'dh-back-'));
  server = await Server.start({ DEMO_FIGURES: 'on' });
  pm = await Person.sit(browser);
  const indicator = {
    ...{
      code: CODE,
      name: { vi: NAME, en: 'Ventilators' },
      unit: { vi: 'máy', en: 'machines' },
      scale: 0,
      kind: 'stock',
    },
    ...{ every: 'day', up: 'sum', dueSeconds: 7_200, staleSeconds: 172_800, mayStage: true, simulated: true },
  };
  await writeFile(join(folder, 'indicator.json'), JSON.stringify(indicator));
  await server.dh('figures', 'indicator', 'add', join(folder, 'indicator.json'));
  const source = ['--name', 'Sở Y tế', '--root', 'vn', '--indicators', CODE, '--simulated'];
  await server.dh('figures', 'source', 'add', 'health', ...source);
});
test.afterAll(async () => {
  await pm?.leave();
  await server?.stop();
  if (folder) await rm(folder, { recursive: true });
});

async function record(values: Readonly<Record<string, number>>, ...reason: readonly string[]): Promise<void> {
  const lines = Object.entries(values).map(([unit, value]) => `${CODE},${unit},${period},${value}`);
  const file = join(folder, `${randomUUID()}.csv`);
  await writeFile(file, ['indicator,unit,period,value', ...lines].join('\n'));
  await server.dh('figures', 'import', file, '--source', 'health', ...reason);
}

test('FG20 FG80 FG81 FG82 a leader goes back by keyboard to what was known, reads what was revised since, and acts from now alone', async () => {
  await record({ [one]: 30, [two]: 12 });
  await pm.enter(server.link('Prime Minister'));
  const { page } = pm;
  await page.getByRole('tab', { name: /^Số liệu/ }).click();
  await page.locator('.figure-card').filter({ hasText: NAME }).click();
  const total = page.locator('.figure-total > strong').first();
  await expect(total).toHaveText('42');
  await record({ [one]: 3 }, '--reason', 'Nhập thừa một chữ số 0');
  await expect(total).toHaveText('15');
  const calls = page.locator('.figure-side').getByRole('button', { name: /^Gọi / });
  await expect(calls.first()).toBeVisible();

  await pm.button('Xem lại').click();
  const slider = page.getByRole('slider', { name: /^Thời điểm xem lại/ });
  await expect(slider).toBeEnabled();
  await expect(slider).toHaveAttribute('aria-valuetext', 'Bây giờ');
  await slider.focus();
  await page.keyboard.press('ArrowLeft');
  await expect(slider).toHaveAttribute('aria-valuetext', /Số liệu từ Sở Y tế, /);
  const banner = page.locator('.past-banner');
  await expect(banner).toContainText(/Đang xem điều đã biết lúc \d\d:\d\d ngày\s/);
  await expect(total).toHaveText('15');
  await expect(page.getByText('Từ đó đến nay kỳ này không có gì được sửa.')).toBeVisible();
  // Behind it lie the briefing that was opened, and the first batch.
  await page.keyboard.press('Home');
  await expect(async () => {
    if ((await total.allTextContents())[0] !== '42') await page.keyboard.press('ArrowRight');
    await expect(total).toHaveText('42', { timeout: 4_000 });
  }).toPass({ timeout: 60_000 });
  await expect(banner).toContainText('theo lần ghi số');
  await expect(calls).toHaveCount(0);
  const revised = page.locator('.past-revised');
  await expect(revised).toContainText('Từ đó đến nay đã sửa: 1 đơn vị · toàn địa bàn 42 máy, nay 15 máy');
  await revised.locator('summary').click();
  await expect(revised.getByRole('listitem')).toContainText('30 máy → 3 máy');
  await expect(revised.getByRole('listitem')).toContainText('Nhập thừa một chữ số 0');
  await nothingSerious(page);

  await pm.button('Về hiện tại').click();
  await expect(banner).toHaveCount(0);
  await expect(total).toHaveText('15');
  await expect(calls.first()).toBeVisible();
  expect(pm.problems).toEqual([]);
});
