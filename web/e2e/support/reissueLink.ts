import { expect } from '@playwright/test';
import type { Person } from './People.ts';

/** A moderator finds a unit without accents and issues a new link for its seat. @returns the link */
export async function reissueLink(moderator: Person, query: string, unit: string): Promise<string> {
  const { page } = moderator;
  await page.getByRole('searchbox').fill(query);
  const row = page.getByRole('row').filter({ hasText: unit });
  await row.getByRole('button', { name: `Việc khác với ${unit}` }).click();
  await page.getByRole('menuitem', { name: 'Cấp lại liên kết' }).click();
  await moderator.button('Cấp liên kết mới').click();
  const field = page.getByRole('dialog').getByRole('textbox');
  await expect(field).toHaveValue(/#l=/);
  const link = await field.inputValue();
  await moderator.button('Đóng', page.getByRole('dialog')).click();
  return link;
}
