import { expect, type Page, test } from '@playwright/test';
import { Former } from './support/Former.ts';
import { Person } from './support/People.ts';
import { folder, isWanted, sizes } from './support/pictures.ts';
import { Server } from './support/Server.ts';
import { still } from './support/still.ts';
import { stillDevices } from './support/stillDevices.ts';

/**
 * Pictures of states that nobody made up: a server of the demo's country, people who do what they do in a briefing, and
 * each page as it then is, in all sizes, both languages and themes. The same command takes them (screenshots.spec.ts);
 * `SCREENSHOTS=real` these alone. Clocks stand still while a picture is taken, and who sits before a camera hardly moves:
 * what differs from the run before was changed by somebody.
 */
const states = {
  nobody: ['principal', 'moderator', 'screen'],
  waiting: ['principal', 'moderator', 'check', 'commune', 'screen'],
  counting: ['principal'],
  live: ['principal', 'moderator', 'commune', 'screen'],
  calling: ['principal'],
  called: ['commune'],
  talking: ['principal', 'moderator', 'commune', 'other', 'screen'],
  hands: ['principal', 'moderator', 'commune'],
  green: ['moderator', 'commune'],
  asking: ['principal', 'moderator', 'commune'],
  answered: ['moderator', 'commune'],
  wall: ['moderator'],
  desk: ['moderator'],
  room: ['principal', 'moderator', 'commune'],
  rooms: ['principal', 'moderator', 'commune'],
  gathering: ['principal', 'moderator', 'commune'],
  pause: ['principal', 'commune', 'screen'],
  closing: ['principal'],
  closed: ['principal', 'moderator', 'commune', 'screen'],
  record: ['principal', 'moderator'],
  next: ['principal'],
} as const;
type State = keyof typeof states;
type Name = (typeof states)[State][number];
const looks = (['vi', 'en'] as const).flatMap((lang) =>
  (['light', 'dark'] as const).flatMap((theme) =>
    Object.entries(sizes).map(([size, viewport]) => ({ lang, theme, size, viewport })),
  ),
);
/** A screen in a hall is dark, and has nothing to press. */
const looksOf = (page: Name) =>
  page === 'screen' ? looks.filter(({ lang, theme }) => lang === 'vi' && theme === 'dark') : looks;
const nameOf = (page: Name, state: State, { size, lang, theme }: (typeof looks)[number]): string =>
  `real-${page}-${state}-${size}-${lang}-${theme}`;
const all = (Object.keys(states) as State[]).flatMap((state) =>
  states[state].flatMap((page) => looksOf(page).map((look) => nameOf(page, state, look))),
);
test.skip(!all.some(isWanted), 'asked for by SCREENSHOTS=1, or SCREENSHOTS=real');
test.use({ launchOptions: async ({ launchOptions }, use) => use(await stillDevices(launchOptions)) });

const PM = 'Thủ tướng Chính phủ';
const QUESTION = 'Lãnh đạo có mặt để nghe chỉ đạo không?';
const former = new Former(folder);
let server: Server;
const people: Person[] = [];
/** Reads pictures: the policy of our own pages forbids them that. */
let reader: Page;
test.beforeAll(async ({ browser }) => {
  reader = await browser.newPage();
  server = await Server.start({ SUPPORT_TELEPHONE: '024 3823 1234' });
});
test.afterAll(async () => {
  for (const person of people) await person.leave();
  await reader?.close();
  await server?.stop();
  console.log(String(former));
});

/** As somebody at that page chooses it; from within, since a sheet may lie over the header. */
async function choose({ page }: Person, lang: string, theme: string): Promise<void> {
  // The page may be another one in between, and English comes when it is wanted.
  await expect(async () => {
    const shown = await page.evaluate(
      ([language, look]) => {
        const press = (which: string) => document.querySelector<HTMLElement>(`.switches ${which}`)?.click();
        const other = document.querySelector('.switches [lang]')?.getAttribute('lang');
        if (other === language) press('[lang]');
        if (document.documentElement.dataset.theme !== look) press('.wide');
        return [other === 'en' ? 'vi' : 'en', document.documentElement.dataset.theme];
      },
      [lang, theme],
    );
    expect(shown).toEqual([lang, theme]);
  }).toPass({ intervals: [300] });
}

/** What is said in passing would be in some of the pictures. */
async function quiet({ page }: Person): Promise<void> {
  await page.locator('.toast .icon').evaluateAll((closing) => {
    for (const button of closing) (button as HTMLElement).click();
  });
  await expect(page.locator('.toast, .call-outcome')).toHaveCount(0);
}

/** What ends by itself is brought about again after so many pictures, always the same ones. */
interface Passing {
  readonly pictures: number;
  readonly again: () => Promise<void>;
}

/** In each look; afterwards the page is as it was. */
async function take(state: State, of: Partial<Record<Name, Person>>, passing?: Passing): Promise<void> {
  let taken = 0;
  for (const name of states[state]) {
    const person = of[name];
    if (!person) throw new Error(`who is ${name} while ${state}?`);
    const { page } = person;
    await quiet(person);
    const before = page.viewportSize();
    const theme = (await page.locator('html').getAttribute('data-theme')) ?? 'light';
    for (const look of looksOf(name)) {
      const picture = nameOf(name, state, look);
      if (!isWanted(picture)) continue;
      if (passing && taken % passing.pictures === 0) {
        await choose(person, 'vi', theme);
        await passing.again();
      }
      if (name !== 'screen') await choose(person, look.lang, look.theme);
      await page.setViewportSize(look.viewport);
      // Lists measure themselves, and pictures come in the size of their place.
      await page.waitForTimeout(400);
      const shot = await still(page, () => page.screenshot({ animations: 'disabled' }));
      taken++;
      await former.replace(picture, shot, reader);
    }
    if (name !== 'screen') await choose(person, 'vi', theme);
    if (before) await page.setViewportSize(before);
  }
}

test('a briefing of the demo’s country, from an empty room to its end', async ({ browser }) => {
  test.setTimeout(1_800_000);
  for (let i = 0; i < 6; i++) people.push(await Person.sit(browser));
  const [pm, moderator, one, two, three, screen] = people as [Person, Person, Person, Person, Person, Person];
  await pm.enter(server.link('Prime Minister'));
  await moderator.open(server.link('moderator'));
  await expect(moderator.page.locator('.stage')).toBeVisible();
  await screen.open(`${server.url}/programme`);
  await expect(screen.page.locator('.screen-code')).toBeVisible();
  await take('nobody', { principal: pm, moderator, screen });
  await pair(pm, screen);

  await one.enter(server.communes[0] ?? '');
  await two.enter(server.communes[1] ?? '');
  await three.open(server.communes[2] ?? '');
  await expect(three.button('Vào phòng họp')).toBeVisible();
  await take('waiting', { principal: pm, moderator, commune: one, check: three, screen });
  await three.button('Vào phòng họp').click();

  await pm.button('Bắt đầu phát').click();
  // Three seconds: of this one state as many pictures as they have room for.
  if (isWanted('real-principal-counting-wide-vi-dark')) {
    await expect(pm.button('Dừng lại')).toBeVisible();
    await former.replace('real-principal-counting-wide-vi-dark', await pm.page.screenshot(), reader);
  }
  await expect(pm.button('Ngừng phát')).toBeVisible();
  for (const commune of [one, two, three]) await commune.seesMoving(PM);
  await take('live', { principal: pm, moderator, commune: one, screen });

  const cancel = pm.button('Huỷ cuộc gọi');
  const ring = async (): Promise<void> => {
    if (await cancel.isVisible()) await cancel.click();
    await expect(one.button('Nhận cuộc gọi')).toHaveCount(0);
    await pm.page.getByRole('combobox').first().fill('tan dinh quan 1 ho chi minh');
    await pm.page.getByRole('option', { name: /^Phường Tân Định.*Quận 1/ }).click();
    await pm.button(/^Gọi phường Tân Định/).click();
    await expect(one.button('Nhận cuộc gọi')).toBeVisible();
  };
  await take('calling', { principal: pm }, { pictures: 5, again: ring });
  await take('called', { commune: one }, { pictures: 5, again: ring });
  await ring();
  await one.button('Nhận cuộc gọi').click();
  await pm.seesMoving('UBND phường Tân Định');
  await take('talking', { principal: pm, moderator, commune: one, other: two, screen });
  await pm.button('Kết thúc cuộc gọi').click();
  await expect(one.page.getByText('Đang xem và nghe')).toBeVisible();

  for (const commune of [one, two, three]) await commune.button('Giơ tay phát biểu').click();
  await expect(moderator.page.locator('.hands .hand')).toHaveCount(3);
  await take('hands', { principal: pm, moderator, commune: two });
  await moderator.button('Vào phòng chuẩn bị').first().click();
  await expect(moderator.page.locator('.green-seat video')).toBeVisible();
  await take('green', { moderator, commune: one });

  await moderator.button('Mở lượt điểm danh').click();
  const form = moderator.page.getByRole('dialog', { name: 'Mở một lượt điểm danh' });
  await form.getByLabel('Câu hỏi').fill(QUESTION);
  await form.getByRole('radio', { name: '10 phút' }).check();
  await moderator.button(/^Hỏi [\d.]+ đơn vị/, form).click();
  await expect(two.page.getByRole('dialog', { name: QUESTION })).toBeVisible();
  await take('asking', { principal: pm, moderator, commune: two });
  const sheet = two.page.getByRole('dialog', { name: QUESTION });
  await sheet.getByRole('radio', { name: 'Chủ tịch', exact: true }).check();
  await two.page.keyboard.press('Enter');
  await expect(two.page.getByRole('heading', { name: 'Đã ghi nhận lúc' })).toBeVisible();
  await take('answered', { moderator, commune: two });
  await moderator.button('Mở bảng điểm danh').click();
  await take('wall', { moderator });
  await moderator.button('Chỉ đạo và hồ sơ').click();
  await take('desk', { moderator });
  await moderator.button('Chỉ đạo và hồ sơ').click();

  await moderator.button('Quay lại').click();
  await rooms(pm, moderator, two);

  await pm.button('Ngừng phát').click();
  await pm.page.getByRole('dialog').getByRole('button', { name: 'Ngừng phát' }).click();
  await expect(two.page.locator('.holding')).toContainText('tạm nghỉ');
  await take('pause', { principal: pm, commune: two, screen });
  await pm.button('Đóng phiên họp').click();
  await expect(pm.page.getByRole('dialog')).toBeVisible();
  await take('closing', { principal: pm });
  await pm.button('Đóng phiên họp', pm.page.getByRole('dialog')).click();
  for (const official of [pm, moderator])
    await expect(official.button('Tải biên bản: PDF')).toBeEnabled({ timeout: 60_000 });
  await take('closed', { principal: pm, moderator, commune: two, screen });
  for (const official of [pm, moderator]) await official.page.locator('.happened-seal').scrollIntoViewIfNeeded();
  await take('record', { principal: pm, moderator });
  await pm.button('Lên lịch phiên tiếp theo như phiên này').click();
  await expect(pm.page.getByLabel('Tên phiên họp')).toBeVisible();
  await take('next', { principal: pm });
});

/** By the code that it shows. */
async function pair(official: Person, screen: Person): Promise<void> {
  const code = ((await screen.page.locator('.screen-code').textContent()) ?? '').replace(/\D/g, '');
  await official.button('Chỉ đạo và hồ sơ').click();
  await official.button('Màn hình', official.page.locator('.desk-bar')).click();
  await official.page.getByLabel('Mã 8 số trên màn hình').fill(code);
  await official.page.getByLabel('Tên màn hình').fill('Tường hình hội trường');
  await official.button('Ghép màn hình').click();
  await expect(screen.page.locator('.screen-code')).toHaveCount(0);
  await official.button('Chỉ đạo và hồ sơ').click();
}

/** A room of a province, the rooms of all, and the seconds in which all are called back. */
async function rooms(pm: Person, moderator: Person, commune: Person): Promise<void> {
  await moderator.button(/^Mở phòng họp của Thành phố Hồ Chí Minh/).click();
  await commune.seesMoving('Ban Điều hành Thành phố Hồ Chí Minh');
  await take('room', { principal: pm, moderator, commune });
  await pm.button(/^Chia phòng riêng/).click();
  await pm.button('Chia phòng riêng', pm.page.getByRole('dialog')).click();
  await expect(pm.page.getByText('Đã mở 19 phòng họp riêng')).toBeVisible();
  await take('rooms', { principal: pm, moderator, commune });
  const stay = pm.button('Huỷ đếm ngược');
  const callBack = async (): Promise<void> => {
    if (await stay.isVisible()) await stay.click();
    await pm.button('Kết thúc các phòng riêng').click();
    await pm.button('Kết thúc các phòng riêng', pm.page.getByRole('dialog')).click();
    await expect(commune.page.locator('.room-ends')).toBeVisible();
  };
  await take('gathering', { principal: pm, moderator, commune }, { pictures: 2, again: callBack });
  await expect(commune.page.locator('.room-plate')).toContainText('trở lại phòng họp chung');
  await commune.seesMoving(PM);
  await expect(commune.page.locator('.room-plate')).not.toContainText('trở lại');
}
