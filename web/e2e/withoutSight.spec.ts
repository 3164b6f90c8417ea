import { expect, test } from '@playwright/test';
import { Person } from './support/People.ts';
import { Server } from './support/Server.ts';

// What a screen reader reads of each step is the accessibility tree, and that is what is compared here; focus and live
// regions are beside it, since they are what is read by itself.
test.describe.configure({ mode: 'serial' });

let server: Server;
let pm: Person;
let chair: Person;

test.beforeAll(async ({ browser }) => {
  server = await Server.start({ SUPPORT_TELEPHONE: '024 3823 1234' });
  pm = await Person.sit(browser);
  chair = await Person.sit(browser);
});
test.afterAll(async () => {
  for (const person of [pm, chair]) await person?.leave();
  await server?.stop();
});

const keys = () => chair.page.keyboard;

test('PS3 without sight one says who one is, checks the computer, and joins', async () => {
  await chair.open(server.communes[0] ?? '');
  await expect(chair.page.getByRole('main')).toMatchAriaSnapshot(`
    - main:
      - heading "Kiểm tra máy trước khi vào" [level=1]
      - heading "Hình" [level=2]
      - heading "Đường truyền" [level=2]
      - status
      - heading "Ai ngồi trước máy này?" [level=2]
      - textbox "Họ và tên"
      - textbox "Chức vụ"
      - heading "Tiếng nói" [level=2]
      - meter "Mức tiếng nói"
      - heading "Loa" [level=2]
      - button "Nghe thử"
      - button "Vào phòng họp"
  `);
  await chair.page.getByLabel('Họ và tên').focus();
  await keys().type('Trần Văn Hùng');
  await keys().press('Tab');
  await keys().type('Chủ tịch');
  await chair.button('Vào phòng họp').focus();
  await keys().press('Enter');
  await expect(chair.page.locator('body')).toMatchAriaSnapshot(`
    - banner:
      - strong: Phường Tân Định
    - main:
      - region /^Sân khấu/
      - complementary:
        - region "Trạng thái của đơn vị":
          - status:
            - heading "Đã vào phòng, đang chờ" [level=2]
    - contentinfo:
      - button "Giơ tay phát biểu"
      - button "Âm thanh"
      - button "Trợ giúp"
  `);
});

test('without sight one hears who speaks', async () => {
  await pm.enter(server.link('Prime Minister'));
  await pm.button('Bắt đầu phát').click();
  await expect(chair.page.getByRole('complementary')).toMatchAriaSnapshot(`
    - complementary:
      - list:
        - listitem: /^Thủ tướng Chính phủ đang (nói|trên sóng)/
  `);
});

test('without sight one is called, hears by whom, and answers', async () => {
  await pm.switchKeysOn();
  await pm.page.keyboard.press('/');
  await pm.page.keyboard.type('tan dinh quan 1 ho chi minh');
  await expect(pm.page.getByRole('option').first()).toHaveText(/^Phường Tân Định/);
  await pm.page.keyboard.press('ArrowDown');
  await pm.page.keyboard.press('Enter');
  await expect(pm.button(/^Gọi phường Tân Định/)).toBeFocused();
  await pm.page.keyboard.press('Enter');
  const call = chair.page.getByRole('dialog');
  await expect(call).toMatchAriaSnapshot(`
    - dialog:
      - heading /đang gọi/ [level=2]
      - paragraph: Phường Tân Định
      - button "Nhận cuộc gọi"
      - button "Chưa thể trả lời"
  `);
  await expect(call.locator('[aria-live=assertive]')).toContainText('Bấm Enter để nhận');
  await expect(chair.button('Nhận cuộc gọi')).toBeFocused();
  await keys().press('Enter');
  await expect(chair.page.getByRole('complementary')).toMatchAriaSnapshot(`
    - complementary:
      - region "Trạng thái của đơn vị":
        - status:
          - heading /^Đang phát/ [level=2]
  `);
});

test('without sight one is asked in a roll-call, says who answers, and hears that it is on record', async () => {
  await chair.button('Kết thúc phát biểu').click();
  await pm.page.getByRole('tab', { name: 'Điểm danh' }).click();
  await pm.button('Mở lượt điểm danh').click();
  const form = pm.page.getByRole('dialog', { name: 'Mở một lượt điểm danh' });
  await form.getByLabel('Câu hỏi').fill('Có mặt đủ chưa?');
  await form.getByLabel('5 phút').check();
  await form.getByRole('button', { name: /^Hỏi / }).click();
  const sheet = chair.page.getByRole('dialog');
  await expect(sheet).toMatchAriaSnapshot(`
    - dialog "Có mặt đủ chưa?":
      - heading "Có mặt đủ chưa?" [level=2]
      - group "Ai trả lời cho đơn vị?":
        - radio "Chủ tịch"
        - radio "Phó Chủ tịch"
      - button /^Trả lời. có mặt$/
  `);
  await expect(sheet.getByRole('radio', { name: 'Chủ tịch', exact: true })).toBeFocused();
  await keys().press('Space');
  await keys().press('Enter');
  await expect(chair.page.getByRole('heading', { name: 'Đã ghi nhận lúc' })).toBeVisible();
  await chair.button('Quay lại phòng họp').click();
});

test('without sight one takes on a directive, while whoever speaks is still heard', async () => {
  await pm.page.keyboard.press('d');
  const desk = pm.page.getByRole('region', { name: 'Hồ sơ phiên họp' });
  await desk.getByLabel('Tên chỉ đạo').fill('Trực đủ 24 giờ');
  await desk.getByLabel('Nội dung').fill('Chủ tịch xã trực tiếp chỉ đạo.');
  // What the component library says by itself is Vietnamese too, though it has no Vietnamese of its own.
  await desk.getByText('Chọn địa bàn').click();
  await desk.getByRole('combobox', { name: 'Thêm địa bàn' }).fill('tan dinh quan 1 ho chi minh');
  const found = pm.page.getByRole('option', { name: /^Phường Tân Định/ });
  await expect(found).toBeVisible();
  await expect(pm.page.locator('[data-live-announcer]')).toContainText(/Có [\d.]+ lựa chọn\./);
  await expect(pm.page.locator('.popover')).toMatchAriaSnapshot(`
    - listbox "Gợi ý Thêm địa bàn hoặc đơn vị":
      - option "Phường Tân Định"
    - button "Đóng"
  `);
  await found.click();
  await pm.button('Xem lại và giao').click();
  await pm.button(/^Giao tới /).click();
  await chair.button('Đọc và trả lời').press('Enter');
  const sheet = chair.page.getByRole('dialog', { name: 'Trực đủ 24 giờ' });
  await expect(sheet).toMatchAriaSnapshot(`
    - dialog "Trực đủ 24 giờ":
      - heading "Trực đủ 24 giờ" [level=2]
      - region: Chủ tịch xã trực tiếp chỉ đạo.
      - button "Đã nhận, giao việc"
  `);
  // It stands beside the stage, which is neither covered nor inert.
  await expect(chair.page.getByRole('region', { name: /^Sân khấu/ })).toBeInViewport({ ratio: 0.99 });
  await chair.button('Đã nhận, giao việc', sheet).press('Enter');
  await sheet.getByLabel('Họ tên người nhận').fill('Trần Văn Hùng');
  await sheet.getByLabel('Ai làm, làm những gì').fill('Phân công trực.');
  await sheet.getByLabel('Ai làm, làm những gì').press('Tab');
  await sheet.locator('button[type=submit]').press('Enter');
  await expect(sheet.getByRole('status')).toContainText('Đã ghi nhận', { ignoreCase: true });
});

test('nothing broke on any page', () => {
  for (const person of [pm, chair]) expect(person.problems).toEqual([]);
});
