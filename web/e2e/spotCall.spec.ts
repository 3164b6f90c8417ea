import { expect, test } from '@playwright/test';
import { Person } from './support/People.ts';
import { Server } from './support/Server.ts';

const PM = 'Thủ tướng Chính phủ';
const tones = { pm: 440, commune: 880 } as const;

test.describe.configure({ mode: 'serial' });

let server: Server;
let pm: Person;
let communes: Person[];

test.beforeAll(async ({ browser }) => {
  server = await Server.start();
  pm = await Person.sit(browser, { toneHz: tones.pm });
  communes = [];
  for (let i = 0; i < 3; i++) communes.push(await Person.sit(browser, { toneHz: tones.commune, phone: i === 2 }));
});
test.afterAll(async () => {
  for (const person of [pm, ...(communes ?? [])]) await person?.leave();
  await server?.stop();
});

test('the Prime Minister goes live; communes see him move and hear him', async () => {
  for (const [i, commune] of communes.entries()) await commune.enter(server.communes[i] ?? '');
  for (const commune of communes) await expect(commune.page.locator('.holding')).toContainText('sắp bắt đầu');
  await pm.enter(server.link('Prime Minister'));
  expect(pm.page.url()).not.toContain('l=');
  await pm.button('Bắt đầu phát').click();
  await expect(pm.button('Kết thúc')).toBeVisible();
  for (const commune of communes) {
    const { width, height } = await commune.seesMoving(PM);
    expect(width / height).toBeCloseTo(16 / 9, 1);
    await commune.hears(tones.pm);
  }
});
