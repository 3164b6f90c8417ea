import { sessionHeader } from '@dieu-hanh/server/protocol';
import { expect, test } from '@playwright/test';
import { nothingSerious } from './support/nothingSerious.ts';
import { Person } from './support/People.ts';
import { Server } from './support/Server.ts';

const FIRST = 'Bao giờ vắc-xin về tới phường?';
const SECOND = 'Trạm y tế lưu động được bố trí ở đâu?';
const WRITTEN = 'Mỗi phường một trạm, có danh sách gửi trước thứ Sáu.';

test.describe.configure({ mode: 'serial' });

let server: Server;
let pm: Person;
let moderator: Person;
let one: Person;
let two: Person;
let third: Person;
test.beforeAll(async ({ browser }) => {
  server = await Server.start();
  pm = await Person.sit(browser);
  moderator = await Person.sit(browser);
  one = await Person.sit(browser);
  two = await Person.sit(browser, { phone: true });
  third = await Person.sit(browser);
});
test.afterAll(async () => {
  for (const person of [pm, moderator, one, two, third]) await person?.leave();
  await server?.stop();
});

/** The unit's question beside the picture. */
const box = (person: Person) => person.page.getByRole('region', { name: 'Câu hỏi bằng văn bản' });
async function ask(person: Person, text: string): Promise<void> {
  await person.button('Viết câu hỏi', box(person)).click();
  await person.page.getByLabel('Câu hỏi của đơn vị').fill(text);
  await person.button('Gửi câu hỏi', box(person)).click();
  await expect(box(person)).toContainText('Đã gửi, chờ');
  await expect(box(person)).toContainText(text);
}
const row = (person: Person, text: string) => person.page.getByRole('row').filter({ hasText: text });

test('QU16 QU3 two communes ask, one on a telephone; one changes its question while nobody has decided on it', async () => {
  await pm.enter(server.link('Prime Minister'));
  await pm.button('Bắt đầu phát').click();
  await moderator.open(server.link('moderator'));
  await one.enter(server.communes[0] ?? '');
  await two.enter(server.communes[1] ?? '');
  await third.enter(server.communes[2] ?? '');
  // What is typed before the form has come is of the question: none of its letters raises a hand.
  let come = (): void => undefined;
  const coming = new Promise<void>((resolve) => {
    come = resolve;
  });
  let isAskedFor = false;
  await one.page.route('**/QuestionBox-*.js', async (route) => {
    isAskedFor = true;
    await coming;
    await route.continue();
  });
  await one.button('Viết câu hỏi', box(one)).press('Enter');
  await expect.poll(() => isAskedFor).toBe(true);
  await one.page.keyboard.type('Khi nào ');
  come();
  const field = one.page.getByLabel('Câu hỏi của đơn vị');
  await expect(field).toBeFocused();
  await one.page.keyboard.type('họp?');
  await expect(field).toHaveValue('Khi nào họp?');
  await expect(one.button('Bỏ giơ tay')).toHaveCount(0);
  await one.button('Để sau', box(one)).click();
  await ask(one, 'Bao giờ có vắc-xin?');
  await ask(two, SECOND);
  await one.button('Sửa', box(one)).click();
  await one.page.getByLabel('Câu hỏi của đơn vị').fill(FIRST);
  await one.button('Gửi nội dung mới', box(one)).click();
  await expect(box(one)).toContainText(FIRST);
  await expect(one.button('Viết câu hỏi khác')).toHaveCount(0);
  await nothingSerious(one.page);
  await nothingSerious(two.page);
});

test('QU5 QU7 the moderator reads both, by keyboard, and passes them up; each commune reads where its own stands', async () => {
  await moderator.button(/^Câu hỏi: 2 chờ xử lý/).press('Enter');
  const heading = moderator.page.getByRole('heading', { name: 'Câu hỏi của các đơn vị' });
  await expect(heading).toBeFocused();
  const rows = moderator.page.getByRole('grid', { name: 'Câu hỏi của các đơn vị' }).getByRole('row');
  await expect(rows).toHaveCount(2);
  await expect(row(moderator, FIRST)).toContainText('Quận 1, Thành phố Hồ Chí Minh');
  await rows.first().focus();
  await moderator.page.keyboard.press('Space');
  await moderator.page.keyboard.press('ArrowDown');
  await moderator.page.keyboard.press('Space');
  await expect(moderator.page.getByText('Đã chọn 2 câu')).toBeVisible();
  await nothingSerious(moderator.page);
  await moderator.button('Chuyển lên cấp trên').press('Enter');
  await expect(heading).toBeFocused();
  await expect(box(one)).toContainText('Đã chuyển lên Việt Nam');
  await expect(box(two)).toContainText('Đã chuyển lên Việt Nam');
  await expect(one.button('Sửa', box(one))).toHaveCount(0);
});

test('QU9 QU10 the Prime Minister answers one on air and one in writing, and a third commune reads both', async () => {
  await expect(box(third)).not.toContainText('Câu hỏi đã được trả lời');
  await pm.conduct();
  await pm.button(/^Câu hỏi của các đơn vị/).click();
  await row(pm, FIRST).click();
  await pm.button('Chọn để trả lời').click();
  await expect(box(one)).toContainText('Sẽ được trả lời');
  await row(pm, FIRST).click();
  await nothingSerious(pm.page);
  await pm.button('Trả lời trực tiếp').click();
  await expect(box(one)).toContainText('trả lời trực tiếp lúc');

  await pm.page.getByRole('radio', { name: /^Chờ xử lý/ }).click();
  await row(pm, SECOND).click();
  await pm.button('Trả lời bằng văn bản').click();
  await pm.page.getByLabel('Câu trả lời (mọi đơn vị đọc được)').fill(WRITTEN);
  await pm.button('Gửi câu trả lời').click();
  await expect(box(two)).toContainText(WRITTEN);

  await box(third).getByText('Câu hỏi đã được trả lời (2)').click();
  await expect(box(third)).toContainText(FIRST);
  await expect(box(third)).toContainText('trả lời trực tiếp lúc');
  await expect(box(third)).toContainText(SECOND);
  await expect(box(third)).toContainText(WRITTEN);
  await nothingSerious(third.page);
});

test('QU11 QU10 after the briefing a commune reads what became of its question, officials and others all answers', async () => {
  await pm.page.evaluate(async (header) => {
    const headers = { [header]: sessionStorage.getItem('dh.session') ?? '', 'content-type': 'application/json' };
    const { briefings } = await (await fetch('/api/briefings', { headers })).json();
    await fetch(`/api/briefings/${briefings[0].id}/close`, { method: 'POST', headers, body: '{}' });
  }, sessionHeader);
  await expect(two.page.getByRole('heading', { name: 'Phiên họp đã kết thúc' })).toBeVisible();
  await two.page.getByText('Câu hỏi và câu trả lời').click();
  await expect(two.page.getByRole('article').getByText(WRITTEN)).toBeVisible();
  const book = third.page.locator('.answer-book').filter({ hasText: 'Câu hỏi và câu trả lời' });
  await third.page.getByText('Câu hỏi và câu trả lời').click();
  await book.getByText('Câu hỏi đã được trả lời (2)').click();
  const happened = pm.page.getByRole('region', { name: 'Câu hỏi bằng văn bản' });
  for (const read of [book, happened]) {
    await expect(read).toContainText(FIRST);
    await expect(read).toContainText('trả lời trực tiếp lúc');
    await expect(read).toContainText(WRITTEN);
  }
  await expect(happened).toContainText('2 câu đã gửi · 2 câu đã trả lời');
  await nothingSerious(third.page);
  await nothingSerious(pm.page);
  expect([pm, moderator, one, two, third].flatMap(({ problems }) => problems)).toEqual([]);
});
