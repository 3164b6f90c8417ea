import { codeOf, type FigureChange, type FigureFrame } from '../../api/contract.ts';

/** Places of the units of a list; the list of a frame stays the same while its values change. */
const places = new WeakMap<readonly string[], ReadonlyMap<string, number>>();

/** The frame with what a tick has brought; sums above the units are as they were. @param n as of which it is */
export function patched(frame: FigureFrame, changes: readonly FigureChange[], n: number): FigureFrame {
  const own = changes.filter(({ indicator, period }) => indicator === frame.indicator && period === frame.period);
  if (own.length === 0) return frame;
  const at = places.get(frame.units) ?? new Map(frame.units.map((path, i) => [codeOf(path), i]));
  places.set(frame.units, at);
  const values = [...frame.values];
  const states = frame.states.split('');
  for (const change of own)
    change.units.forEach((unit, i) => {
      const place = at.get(unit);
      if (place === undefined) return;
      values[place] = change.values[i] ?? null;
      states[place] = change.states[i] ?? 'n';
    });
  return { ...frame, n, values, states: states.join('') };
}

/**
 * The frame after another was read. One that is older than the last tick is not taken: it would undo what came since, and
 * the next is on its way. Mostly the units are the same, and then so is the list: what was laid out by it stands.
 */
export function replaced(before: FigureFrame | undefined, told: FigureFrame): FigureFrame {
  if (before?.indicator !== told.indicator || before.period !== told.period) return told;
  if (told.n < before.n) return before;
  const same = before.units.length === told.units.length && told.units.every((unit, i) => unit === before.units[i]);
  return same ? { ...told, units: before.units } : told;
}
