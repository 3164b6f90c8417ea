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

test('PE3 without sight one says who one is, checks the computer, and joins', async () => {
  await chair.open(server.communes[0] ?? '');
  await expect(chair.page.getByRole('main')).toMatchAriaSnapshot(`
    - main:
      - heading "Kiểm tra máy trước khi vào" [level=1]
      - heading "Hình" [level=2]
      - heading "Ai ngồi trước máy này?" [level=2]
      - textbox "Họ và tên"
      - textbox "Chức vụ"
      - heading "Tiếng nói" [level=2]
      - meter "Mức tiếng nói"
      - heading "Loa" [level=2]
      - button "Nghe thử"
      - heading "Đường truyền" [level=2]
      - status
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
            - heading "Đang xem và nghe" [level=2]
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

test('nothing broke on any page', () => {
  for (const person of [pm, chair]) expect(person.problems).toEqual([]);
});
