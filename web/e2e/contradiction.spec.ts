import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { expect, test } from '@playwright/test';
import { Resealer } from '../../server/test/support/official/Resealer.ts';
import { nothingSerious } from './support/nothingSerious.ts';
import { Person } from './support/People.ts';
import { allSizes, folder, isWanted } from './support/pictures.ts';
import { Server } from './support/Server.ts';

const QUESTION = 'Lãnh đạo có mặt để nghe chỉ đạo không?';
const UNIT = 'Phường Tân Định';
const OWN = 'Hồ sơ không khớp với biên nhận';
const REPORTED = 'Có đơn vị báo hồ sơ không khớp với biên nhận';
const SILENT = 'Chưa đối chiếu được biên nhận';
/** A page compares after its picture had twenty seconds, and within ten more. */
const COMPARED = { timeout: 60_000 };

let server: Server;
let commune: Person;
let moderator: Person;

test.beforeAll(async ({ browser }) => {
  server = await Server.start();
  commune = await Person.sit(browser);
  moderator = await Person.sit(browser);
});
test.afterAll(async () => {
  for (const person of [commune, moderator]) await person?.leave();
  await server?.stop();
});

const noteOf = (person: Person, name: string) => person.page.getByRole('alert', { name });

/** Of a laptop and a telephone, when they are asked for. */
async function picture(person: Person, name: string): Promise<void> {
  if (!isWanted(name)) return;
  for (const size of ['wide', 'phone'] as const) {
    await person.page.setViewportSize(allSizes[size]);
    await person.page.screenshot({ path: fileURLToPath(new URL(`${name}-${size}.png`, folder)) });
  }
  await person.page.setViewportSize(allSizes.wide);
}

/** The answer of the commune becomes another one, and every seal of its chain is written anew: nobody can know who has seen none. */
async function rewrite(): Promise<void> {
  const owner = await Resealer.create(server.ownerUrl);
  await owner.do(`UPDATE round_entries SET answerer = 'deputy' WHERE answerer = 'chair'`);
  for (const chain of await owner.chainsOf('round_entries')) await owner.reseal(chain);
  await owner.close();
}

test('AU22 AU23 AU24 AU26 a commune sees that the record of its answer was written anew, and so do its leaders; a server that withholds is named', async () => {
  test.setTimeout(240_000);
  await commune.enter(server.communes[0] ?? '');
  await moderator.open(server.link('moderator'));
  await moderator.button('Mở lượt điểm danh').click();
  const form = moderator.page.getByRole('dialog', { name: 'Mở một lượt điểm danh' });
  await form.getByLabel('Câu hỏi').fill(QUESTION);
  await form.getByLabel('Chọn đơn vị').check();
  await form.getByRole('searchbox', { name: 'Thêm đơn vị' }).fill(UNIT);
  await form
    .locator('.unit-hit')
    .filter({ hasText: `${UNIT}Quận 1,` })
    .click();
  await moderator.button(/^Hỏi 1 đơn vị/, form).click();
  const sheet = commune.page.getByRole('dialog', { name: QUESTION });
  await sheet.getByRole('radio', { name: 'Chủ tịch', exact: true }).check();
  await commune.page.keyboard.press('Enter');
  await expect(commune.page.getByText('Biên nhận số')).toBeVisible();

  // It agrees, so nothing is said; and a server that answers nothing is named after a minute.
  await commune.page.route('**/api/seals', () => undefined);
  await commune.page.clock.install();
  const asked = commune.page.waitForRequest('**/api/seals', COMPARED);
  await openAgain();
  await expect(commune.page.getByRole('status', { name: SILENT })).toHaveCount(0);
  await asked;
  await commune.page.clock.fastForward(60_000);
  await expect(commune.page.getByRole('status', { name: SILENT })).toBeVisible();
  await nothingSerious(commune.page);
  await picture(commune, 'contradiction-silent');
  await commune.page.unroute('**/api/seals');
  await commune.page.clock.fastForward(70_000);
  await expect(commune.page.getByRole('status', { name: SILENT })).toHaveCount(0);
  await expect(noteOf(commune, OWN)).toHaveCount(0);

  await rewrite();
  const told = commune.page.waitForResponse('**/api/contradictions', COMPARED);
  await openAgain();
  expect((await told).status()).toBe(200);
  await expect(noteOf(commune, OWN)).toContainText('Điểm danh');
  await nothingSerious(commune.page);
  await picture(commune, 'contradiction-commune');
  const saved = commune.page.waitForEvent('download');
  await commune.button('Lưu bằng chứng').click();
  const evidence = JSON.parse(await readFile((await (await saved).path()) ?? '', 'utf8'));
  expect(evidence.contradictions[0].receipt.record.answerer).toBe('chair');
  expect(evidence.contradictions[0].found.seal).not.toBe(evidence.contradictions[0].receipt.hash);

  await moderator.page.reload();
  await expect(noteOf(moderator, REPORTED)).toContainText(UNIT);
  await expect(noteOf(moderator, REPORTED)).toContainText('phát hiện lúc');
  await expect(noteOf(moderator, REPORTED)).not.toContainText('Chưa chứng minh');
  await nothingSerious(moderator.page);
  await picture(moderator, 'contradiction-moderator');
  await moderator.button('Đã đọc', noteOf(moderator, REPORTED)).click();
  await expect(noteOf(moderator, REPORTED)).toHaveCount(0);
  expect([...commune.problems, ...moderator.problems]).toEqual([]);
});

async function openAgain(): Promise<void> {
  await commune.page.reload();
  // Its timers run from now on.
  await expect(commune.button(/Vào phòng họp/)).toBeVisible();
  await commune.page.clock.fastForward(20_000);
}
