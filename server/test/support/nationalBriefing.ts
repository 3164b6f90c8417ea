import { ROOT } from '../../src/demo/country.ts';
import type { Program } from './TestNode.ts';

/** One machine carries no whole country: whoever plans it there says why. (PL30) */
const capacityReason = 'Few of them come';

/**
 * Schedules a briefing of the whole country.
 * @param by may do so
 * @returns its id
 */
export async function scheduleNational(by: Program, scheduledAt = new Date()): Promise<string> {
  const wanted = { title: 'Họp toàn quốc', scheduledAt: scheduledAt.toISOString(), stage: ROOT, scope: [ROOT] };
  const { body } = await by.post('/api/briefings', { ...wanted, capacityReason });
  return body.id;
}

/** The same, and opens its doors. */
export async function openNational(by: Program, scheduledAt?: Date): Promise<string> {
  const id = await scheduleNational(by, scheduledAt);
  await by.post(`/api/briefings/${id}/open`, { capacityReason });
  return id;
}
