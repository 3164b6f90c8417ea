import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { nothingSerious } from './support/nothingSerious.ts';
import { Person } from './support/People.ts';
import { Server } from './support/Server.ts';

const beds = {
  ...{ code: 'a-beds', name: { vi: 'Giường xã tự nhập', en: 'Free beds' }, unit: { vi: 'giường', en: 'beds' } },
  ...{ scale: 0, kind: 'stock', every: 'day', up: 'sum', dueSeconds: 7_200, staleSeconds: 172_800 },
  ...{ bounds: { hard: [0, 100_000], soft: [0, 500] }, mayStage: true, simulated: false },
};

// Whoever contests a value has typed it in before.
test.describe.configure({ mode: 'serial' });

let server: Server;
let pm: Person;
let commune: Person;
test.beforeAll(async ({ browser }, { project }) => {
  server = await Server.start({ DEMO_FIGURES: 'on' });
  const file = join(project.outputDir, `beds-${process.pid}.json`);
  await writeFile(file, JSON.stringify(beds));
  await server.dh('figures', 'indicator', 'add', file);
  const form = ['--name', 'Đơn vị tự nhập', '--root', 'vn', '--indicators', beds.code, '--kind', 'form'];
  await server.dh('figures', 'source', 'add', 'communes', ...form);
  pm = await Person.sit(browser);
  commune = await Person.sit(browser);
});
test.afterAll(async () => {
  for (const person of [pm, commune]) await person?.leave();
  await server?.stop();
});

test('FG71 FG72 a commune types its number with a slip that is asked about once, without a line at first, and the principal has it', async () => {
  await pm.enter(server.link('Prime Minister'));
  await commune.enter(server.communes[0] ?? '');
  const { page } = commune;
  const tasks = page.getByRole('region', { name: 'Số liệu của đơn vị' });
  await expect(tasks).toContainText('2 số liệu cần nhập', { timeout: 60_000 });
  await commune.button('Nhập số liệu', tasks).click();
  const sheet = page.getByRole('dialog', { name: 'Số liệu của đơn vị' });
  const field = sheet.getByRole('textbox', { name: 'Giường xã tự nhập' }).last();
  await field.fill('1.200');
  await expect(sheet).toContainText('= 1.200 giường');
  await field.press('Enter');
  await expect(sheet).toContainText('Có đúng là 1.200 giường không?');
  await expect(field).toBeFocused();
  await nothingSerious(page);
  await field.fill('120');
  await page.context().setOffline(true);
  await commune.button('Gửi 1 số', sheet).click();
  await expect(tasks).toContainText('Đang gửi 1 số');
  await page.context().setOffline(false);
  await expect(tasks).toContainText('Đã ghi 1 số lúc');
  await expect(commune.button('Lưu biên nhận', tasks)).toBeVisible();
  await expect(tasks).toContainText('1 số liệu cần nhập');
  await pm.page.getByRole('tab', { name: 'Số liệu' }).click();
  const card = pm.button(/Giường xã tự nhập.*120 giường/);
  await expect(card).toBeVisible();
  expect([...pm.problems, ...commune.problems]).toEqual([]);
});

test('FG103 in a briefing a commune contests a value of itself by the order channel, which knows what all have before them', async () => {
  const { page } = commune;
  const apart: string[] = [];
  page.on('request', (request) => {
    if (request.url().endsWith('/api/figures/acts')) apart.push(request.url());
  });
  await commune.button('Nhập số liệu', page.getByRole('region', { name: 'Số liệu của đơn vị' })).click();
  const sheet = page.getByRole('dialog', { name: 'Số liệu của đơn vị' });
  await sheet.getByText('Các nguồn nói gì về đơn vị').click();
  const own = sheet.getByRole('listitem').filter({ hasText: 'Giường xã tự nhập' });
  await commune.button('Báo sai', own).focus();
  // Held down, it is one tap.
  for (let i = 0; i < 5; i += 1) await page.keyboard.down('Enter');
  await page.keyboard.up('Enter');
  expect(await commune.button('Đúng là số sai', own).getAttribute('aria-disabled')).toBe('false');
  await commune.button('Đúng là số sai', own).press('Enter');
  await expect(own).toContainText('đã báo sai');
  await expect(commune.button('Rút lại báo sai', own)).toBeFocused();
  await commune.button('Rút lại báo sai', own).click();
  await commune.button('Đúng, rút lại', own).click();
  await expect(own).not.toContainText('đã báo sai');
  await page.setViewportSize({ width: 390, height: 844 });
  expect(await sheet.evaluate(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth)).toBe(0);
  expect(apart).toEqual([]);
  expect(commune.problems).toEqual([]);
});
