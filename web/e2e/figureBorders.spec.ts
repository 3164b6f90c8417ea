import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { countryRows } from '../../server/src/demo/country.ts';
import { gridGeoJson, treeOf } from '../../server/test/support/figure/gridGeoJson.ts';
import { nothingSerious } from './support/nothingSerious.ts';
import { Person } from './support/People.ts';
import { Server } from './support/Server.ts';

test.describe.configure({ mode: 'serial' });

let server: Server;
let folder: string;
let pm: Person;
test.beforeAll(async ({ browser }) => {
  server = await Server.start({ DEMO_FIGURES: 'on' });
  folder = await mkdtemp(join(tmpdir(), 'dh-borders-'));
  pm = await Person.sit(browser);
});
test.afterAll(async () => {
  await pm?.leave();
  await server?.stop();
  if (folder) await rm(folder, { recursive: true });
});

test('FG35 a map is drawn by the borders that an operator has given, by keyboard too; a file without an archipelago is refused', async () => {
  const { page } = pm;
  const units = treeOf(await countryRows());
  const file = join(folder, 'country.geojson');
  const country = gridGeoJson(units, 4);
  await writeFile(
    file,
    JSON.stringify({ ...country, features: country.features.filter(({ properties }) => properties.code !== '498') }),
  );
  await expect(server.dh('figures', 'map', file)).rejects.toThrow('Hoàng Sa');
  await writeFile(file, JSON.stringify(country));
  expect(await server.dh('figures', 'map', file)).toContain('10056 units');

  await pm.enter(server.link('Prime Minister'));
  await page.getByRole('tab', { name: 'Số liệu' }).click();
  await page.locator('.figure-card').first().click();
  const map = page.locator('.border-map');
  const name = (words: string | RegExp) => map.getByRole('button', { name: words });
  await expect(name(/^Quần đảo Hoàng Sa, Đà Nẵng/)).toBeVisible();
  await expect(name(/^Quần đảo Trường Sa, Khánh Hòa/)).toBeVisible();
  await nothingSerious(page);
  await name(/^Thành phố Hà Nội/).focus();
  await page.keyboard.press('ArrowDown');
  await expect(map.locator(':focus')).toHaveAttribute('aria-label', /đơn vị$/);
  await name(/^Thành phố Hà Nội/).focus();
  await page.keyboard.press('Enter');
  await expect(name(/^Quận Ba Đình/)).toBeFocused();
  await nothingSerious(page);
  await page.getByRole('radio', { name: 'Ô', exact: true }).click();
  await expect(page.locator('.map-tile').first()).toBeVisible();
  await page.keyboard.press('t');
  await expect(page.getByRole('grid')).toBeVisible();
  await page.keyboard.press('t');
  await expect(page.locator('.map-tile').first()).toBeVisible();
  await page.getByRole('radiogroup', { name: 'Bản đồ hoặc bảng' }).getByRole('radio', { name: 'Bản đồ' }).click();
  await expect(map).toBeVisible();
  expect(pm.problems).toEqual([]);
});
