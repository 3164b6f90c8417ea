import {
  chooses,
  type FigureFrame,
  type Indicator,
  readDecimal,
  type SelectionRule,
  stepsOf,
  within,
} from '../../../api/contract.ts';
import type { Formats } from '../../../i18n/formats.ts';
import type { Language } from '../../../i18n/words.ts';
import { stateAt } from '../mapPlaces.ts';

/** A rule while it is being made: the limit as it is typed, and in which language. */
export interface RuleDraft {
  readonly is: SelectionRule['is'];
  readonly limit: string;
  readonly language: Language;
}

/** Of the page: to make some takes as long as to draw a map. */
type Writing = Pick<Formats, 'language' | 'steps'>;

/** What a draft says; `bad`: what is wrong with its limit. */
export type ReadRule =
  | { readonly rule: SelectionRule; readonly bad?: undefined }
  | { readonly rule?: undefined; readonly bad: 'nothing' | 'form' | 'decimals' };

/** From the worst class on, where the indicator has classes. */
export function firstRule({ cuts, scale }: Pick<Indicator, 'cuts' | 'scale'>, { language, steps }: Writing): RuleDraft {
  const limit = cuts?.worse === 'down' ? cuts.at[0] : cuts?.at.at(-1);
  const text = limit === undefined ? '' : steps(limit, scale);
  return { is: cuts?.worse === 'down' ? 'at-most' : 'at-least', limit: text, language };
}

/** FG73: the limit is read as the language writes numbers in which it was typed. */
export function ruleOf({ is, limit, language }: RuleDraft, scale: number): ReadRule {
  if (is !== 'at-least' && is !== 'at-most') return { rule: { is } };
  if (limit.trim() === '') return { bad: 'nothing' };
  const decimal = readDecimal(limit, language);
  if (decimal === undefined) return { bad: 'form' };
  const value = stepsOf(decimal, scale);
  return value === undefined ? { bad: 'decimals' } : { rule: { is, value } };
}

/** The same limit as another language writes it, since `1.200` is another number there. */
export function inLanguage(draft: RuleDraft, scale: number, { language, steps }: Writing): RuleDraft {
  if (draft.language === language) return draft;
  const { rule } = ruleOf(draft, scale);
  const value = rule && 'value' in rule ? rule.value : undefined;
  return { ...draft, limit: value === undefined ? draft.limit : steps(value, scale), language };
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
