import { codeOf, type FigureChange, type FigureFrame } from '../../api/contract.ts';

/** Places of the units of a list; the list of a frame stays the same while its values change. */
const places = new WeakMap<readonly string[], ReadonlyMap<string, number>>();

/** The frame with what a tick has brought; sums above the units are as they were. */
export function patched(frame: FigureFrame, changes: readonly FigureChange[]): FigureFrame {
  const own = changes.filter(({ indicator, period }) => indicator === frame.indicator && period === frame.period);
  if (own.length === 0) return frame;
  const at = places.get(frame.units) ?? new Map(frame.units.map((path, i) => [codeOf(path), i]));
  places.set(frame.units, at);
  const values = [...frame.values];
  const states = [...frame.states];
  for (const change of own)
    change.units.forEach((unit, i) => {
      const place = at.get(unit);
      if (place === undefined) return;
      values[place] = change.values[i] ?? null;
      states[place] = change.states[i] ?? 'n';
    });
  return { ...frame, values, states: states.join('') };
}
