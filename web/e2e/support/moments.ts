import type { Locator } from '@playwright/test';

/** A day from now, at 14:00 by the clock of the installation: `2026-11-27T14:00`. */
export const inDays = (days: number): string =>
  new Date(Date.now() + 7 * 3_600_000 + days * 86_400_000).toISOString().slice(0, 11).concat('14:00');

/** Types a moment as people write it. @param label of day and hour together */
export async function typeMoment(form: Locator, label: string, moment: string): Promise<void> {
  const [day = '', hour = ''] = moment.split('T');
  const fields = form.getByRole('group', { name: label });
  await fields.getByLabel('Ngày', { exact: true }).fill(day.split('-').reverse().join('/'));
  await fields.getByLabel('Giờ', { exact: true }).fill(hour);
}
