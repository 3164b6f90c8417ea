import { expect, test } from '@playwright/test';
import { inDays, typeMoment } from './support/moments.ts';
import { nothingSerious } from './support/nothingSerious.ts';
import { Person } from './support/People.ts';
import { Server } from './support/Server.ts';

const TITLE = 'Họp khẩn cả nước';
const REASON = 'Bão vào trong đêm, chưa kịp thêm máy chủ';

test('PL29 PL30 who plans for more than the servers carry reads so, gives a reason, and reads it again at the doors', async ({
  browser,
}) => {
  const server = await Server.start();
  const pm = await Person.sit(browser);
  try {
    await pm.enter(server.link('Prime Minister'));
    const office = await pm.office();
    await office.button('Lịch họp').click();
    await office.button('Lên lịch phiên họp').click();
    const form = office.page.getByRole('form', { name: 'Lên lịch phiên họp' });
    const verdict = form.locator('[data-verdict]');
    await expect(verdict).toHaveAttribute('data-verdict', 'does-not-fit');
    await expect(verdict).toContainText('Không đủ chỗ');
    await expect(verdict).toContainText('Thiếu: bộ xử lý cho hình và tiếng');
    await nothingSerious(office.page);
    await form.getByLabel('Tên phiên họp').fill(TITLE);
    await typeMoment(form, 'Ngày giờ họp', inDays(1));
    await office.button('Lên lịch', form).click();
    await expect(form.getByRole('alert')).toContainText('Nêu lý do vẫn tổ chức khi máy chủ không đủ chỗ.');
    await form.getByLabel('Lý do vẫn tổ chức').fill(REASON);
    await office.button('Lên lịch', form).click();
    const item = office.page.getByRole('listitem').filter({ hasText: TITLE });
    await office.button('Mở phòng họp', item).click();
    const sheet = office.page.getByRole('dialog');
    await expect(sheet.locator('[data-verdict]')).toHaveAttribute('data-verdict', 'does-not-fit');
    await expect(sheet).toContainText(`Lý do đã ghi khi lên lịch: “${REASON}”.`);
    await expect(sheet.getByLabel('Lý do vẫn tổ chức')).toHaveCount(0);
    await nothingSerious(office.page);
    await office.button('Mở phòng họp', sheet).click();
    await expect(item).toContainText('Đã mở phòng');
    expect([...pm.problems, ...office.problems]).toEqual([]);
  } finally {
    await pm.leave();
    await server.stop();
  }
});
