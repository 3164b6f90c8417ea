import { chooses, type FigureFrame, type Indicator, type SelectionRule, within } from '../../../api/contract.ts';
import { stateAt } from '../mapPlaces.ts';

/** A rule while it is being made: the limit as it is typed. */
export interface RuleDraft {
  readonly is: SelectionRule['is'];
  readonly limit: string;
}

/** From the worst class on, where the indicator has classes. */
export function firstRule({ cuts, scale }: Pick<Indicator, 'cuts' | 'scale'>): RuleDraft {
  const limit = cuts?.worse === 'down' ? cuts.at[0] : cuts?.at.at(-1);
  const text = limit === undefined ? '' : String(limit / 10 ** scale);
  return { is: cuts?.worse === 'down' ? 'at-most' : 'at-least', limit: text };
}

/** undefined: the limit is no number. */
export function ruleOf({ is, limit }: RuleDraft, scale: number): SelectionRule | undefined {
  if (is !== 'at-least' && is !== 'at-most') return { is };
  const value = Math.round(Number(limit) * 10 ** scale);
  return limit.trim() === '' || !Number.isSafeInteger(value) ? undefined : { is, value };
}

/** FG55: paths of the units that a rule chooses in a frame, as the server will choose them. */
export function chosenIn(
  frame: FigureFrame,
  rule: SelectionRule | undefined,
  place: string,
  except: ReadonlySet<string>,
): ReadonlySet<string> {
  if (!rule) return new Set();
  return new Set(
    frame.units.filter(
      (path, i) =>
        within(path, place) && !except.has(path) && chooses(rule, frame.values[i] ?? null, stateAt(frame, i)),
    ),
  );
}
