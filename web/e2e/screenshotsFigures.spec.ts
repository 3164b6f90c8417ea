import { expect, test } from '@playwright/test';
import { Person } from './support/People.ts';
import { RealPictures } from './support/RealPictures.ts';
import { HANDED_IN, realFigures } from './support/realFigures.ts';
import { Server } from './support/Server.ts';
import { stillDevices } from './support/stillDevices.ts';

/**
 * Real pictures as in screenshotsReal.spec.ts, of figures and of rooms: who answers for figures and who leads a territory
 * with them, what is asked for and directed on a map, and rooms until they are on record.
 */
const pictures = new RealPictures({
  answering: ['steward'],
  trying: ['steward'],
  recorded: ['steward'],
  machines: ['operator'],
  standing: ['principal', 'moderator'],
  handing: ['principal'],
  named: ['principal'],
  number: ['principal', 'moderator'],
  numbers: ['principal', 'moderator'],
  directed: ['principal'],
  above: ['commune', 'moderator'],
  everywhere: ['principal'],
  sessions: ['principal'],
});
test.describe.configure({ mode: 'serial' });
test.skip(!pictures.isWanted, 'asked for by SCREENSHOTS=1, or SCREENSHOTS=real');
test.use({ launchOptions: async ({ launchOptions }, use) => use(await stillDevices(launchOptions)) });

const PM = 'Thủ tướng Chính phủ';
const WARD = 'Phường Tân Định';
const ROOM = 'phòng họp của Thành phố Hồ Chí Minh';
let server: Server;
const people: Person[] = [];
test.beforeAll(async ({ browser }) => {
  await pictures.open(browser);
  server = await Server.start({ SUPPORT_TELEPHONE: '024 3823 1234' });
});
test.afterAll(async () => {
  for (const person of people) await person.leave();
  await pictures.close();
  await server?.stop();
});

test('figures of the demo’s country, at the desks of those who answer for them and of those who lead', async ({
  browser,
}) => {
  test.setTimeout(1_800_000);
  for (let i = 0; i < 5; i++) people.push(await Person.sit(browser));
  const [steward, operator, pm, moderator] = people as [Person, Person, Person, Person];
  await steward.open(await realFigures(server));
  await expect(steward.page.locator('.figure-own-open')).toContainText(WARD);
  await pictures.take('answering', { steward });
  await handIn(steward);

  await operator.open(await server.operatorLink());
  await operator.button('Máy chủ').click();
  await expect(operator.page.locator('.node-card')).toBeVisible();
  await pictures.take('machines', { operator });

  await pm.enter(server.link('Prime Minister'));
  await moderator.open(server.link('moderator'));
  for (const official of [pm, moderator]) {
    await official.button('Chỉ đạo và hồ sơ').click();
    await official.button('Số liệu', official.page.locator('.desk-bar')).click();
    await expect(official.page.locator('.figure-desk-table tbody tr')).toHaveCount(2);
  }
  await pictures.take('standing', { principal: pm, moderator });
  await moderator.button('Chỉ đạo và hồ sơ').click();
  await pm.button('Gửi tệp', pm.page.locator('.desk-bar')).click();
  await expect(pm.page.getByRole('heading', { name: 'Gửi tệp số liệu' })).toBeVisible();
  await pictures.take('handing', { principal: pm });
  await pm.button('Chỉ đạo và hồ sơ').click();
  await name(pm);
});

test('numbers, a directive and rooms of the demo’s country, until they are on record', async () => {
  test.setTimeout(1_800_000);
  const [, , pm, moderator, commune] = people as [Person, Person, Person, Person, Person];
  await commune.enter(server.communes[0] ?? '');
  await askNumber(pm, moderator, commune);
  await direct(pm);
  await rooms(pm, moderator, commune);

  await pm.button('Ngừng phát').click();
  await pm.page.getByRole('dialog').getByRole('button', { name: 'Ngừng phát' }).click();
  await pm.button('Đóng phiên họp').click();
  await pm.button('Đóng phiên họp', pm.page.getByRole('dialog')).click();
  await expect(pm.button('Tải biên bản: PDF')).toBeEnabled({ timeout: 60_000 });
  await pm.page.locator('.happened-sessions').first().scrollIntoViewIfNeeded();
  await pictures.take('sessions', { principal: pm });
});

async function handIn(steward: Person): Promise<void> {
  const { page } = steward;
  await page.getByRole('radio', { name: /^Việt Nam/ }).check();
  const file = { name: 'giuong-benh.csv', mimeType: 'text/csv', buffer: Buffer.from(HANDED_IN) };
  await page.locator('input[type=file]').setInputFiles(file);
  await expect(page.locator('.figure-own-tried')).toBeFocused();
  await pictures.take('trying', { steward });
  await page.locator('[name=reason]').fill('Bệnh viện đếm lại');
  await page.getByRole('button', { name: /^Ghi \d+ giá trị/ }).click();
  await expect(page.getByText('Mã niêm phong')).toBeVisible();
  await pictures.take('recorded', { steward });
}

/** Who answers for a figure in a ward. */
async function name(pm: Person): Promise<void> {
  const { page } = pm;
  await page.getByRole('tab', { name: 'Số liệu' }).click();
  await page.locator('.figure-card').first().click();
  await page
    .locator('.tile-map')
    .getByRole('button', { name: /^Thành phố Hồ Chí Minh/ })
    .click();
  await page
    .locator('.tile-map')
    .getByRole('button', { name: /^Quận 1:/ })
    .click();
  await page
    .locator('.tile-map')
    .getByRole('button', { name: new RegExp(`^${WARD}`) })
    .click();
  await pm.button('Ghi người phụ trách').click();
  await page.getByLabel('Họ và tên').fill('Nguyễn Thị Hạnh');
  await page.getByLabel('Chức danh').fill('Trưởng trạm Y tế');
  await page.getByLabel('Điện thoại').fill('0000 123 456');
  await pm.button('Lưu').click();
  await expect(page.getByRole('link', { name: /0000 123 456/ })).toBeVisible();
  await pictures.take('named', { principal: pm });
  await pm.button('Quay lại').click();
}

async function askNumber(pm: Person, moderator: Person, commune: Person): Promise<void> {
  await pm.button('Bắt đầu phát').click();
  await commune.seesMoving(PM);
  await moderator.button('Mở lượt điểm danh').click();
  const form = moderator.page.getByRole('dialog', { name: 'Mở một lượt điểm danh' });
  await form.getByLabel('Hỏi một con số').check();
  await form.getByLabel('Hỏi số gì?').fill('Máy thở');
  await form.getByLabel('Tính bằng gì?').fill('máy');
  await form.getByLabel('Nhiều nhất').fill('500');
  await form.getByRole('radio', { name: '10 phút' }).check();
  await moderator.button(/^Hỏi [\d.]+ đơn vị/, form).click();
  const sheet = commune.page.getByRole('dialog', { name: 'Máy thở: bao nhiêu máy?' });
  await sheet.getByRole('radio', { name: 'Chủ tịch', exact: true }).check();
  await sheet.getByRole('textbox', { name: 'Máy thở (máy)' }).fill('12');
  await commune.page.keyboard.press('Enter');
  await commune.button('Quay lại phòng họp').click();
  await pm.page.getByRole('tab', { name: 'Điểm danh' }).click();
  await expect(pm.page.locator('.round')).toContainText('12 máy');
  await pictures.take('number', { principal: pm, moderator });
  for (const official of [pm, moderator]) {
    await official.button('Bản đồ con số').click();
    await expect(official.page.locator('.figure-total')).toContainText('từ 1/273 đơn vị');
  }
  await pictures.take('numbers', { principal: pm, moderator });
  for (const official of [pm, moderator]) await official.button('Quay lại').click();
}

async function direct(pm: Person): Promise<void> {
  const desk = pm.page.getByRole('region', { name: 'Hồ sơ phiên họp' });
  await pm.switchKeysOn();
  await pm.page.keyboard.press('d');
  await desk.getByLabel('Tên chỉ đạo').fill('Mở thêm giường hồi sức');
  await desk.getByLabel('Nội dung').fill('Mở thêm giường hồi sức trong ngày.');
  await desk.getByText('Tất cả đơn vị cơ sở trên toàn quốc').click();
  await pm.button('Xem lại và giao').click();
  await pm.button('Giao tới 10.056 đơn vị').click();
  await expect(desk.getByRole('article', { name: 'Mở thêm giường hồi sức' })).toBeVisible({ timeout: 60_000 });
  await desk.getByRole('radio', { name: 'Bản đồ' }).check({ force: true });
  await expect(desk.locator('.map-tile').first()).toBeVisible();
  await pictures.take('directed', { principal: pm });
  await pm.button('Chỉ đạo và hồ sơ').click();
}

/** A room of a province, from which the one above is seen small; and the rooms of all at one look. */
async function rooms(pm: Person, moderator: Person, commune: Person): Promise<void> {
  await moderator.button(`Mở ${ROOM}`).click();
  await commune.seesMoving('Ban Điều hành Thành phố Hồ Chí Minh');
  await expect(commune.page.locator('.above-picture[data-seen=true]')).toBeVisible();
  await pictures.take('above', { commune, moderator });
  await pm.button(/^Chia phòng riêng/).click();
  await pm.button('Chia phòng riêng', pm.page.getByRole('dialog')).click();
  await pm.button('Xem tất cả phòng họp riêng').click();
  await expect(pm.page.locator('.room-picture')).toBeVisible();
  await pictures.take('everywhere', { principal: pm });
  await pm.button('Quay lại').click();
  await pm.button('Kết thúc các phòng riêng').click();
  await pm.button('Kết thúc các phòng riêng', pm.page.getByRole('dialog')).click();
  await commune.seesMoving(PM, 60_000);
}
