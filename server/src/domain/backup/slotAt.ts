/** The last moment at or before `now` at which the clock of the machine showed that hour and minute. @param at HH:MM */
export function slotAt(now: Date, at: string): Date {
  const [hour = 0, minute = 0] = at.split(':').map(Number);
  const slot = new Date(now);
  slot.setHours(hour, minute, 0, 0);
  if (slot > now) slot.setDate(slot.getDate() - 1);
  return slot;
}
