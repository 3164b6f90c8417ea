import { z } from 'zod';
import {
  type FigureState,
  figureMoment,
  figurePeriodSchema,
  figureStateSchema,
  indicatorCodeSchema,
} from './figure.ts';
import { indicatorSchema } from './figureDefinition.ts';
import { MOST_SUBTREES } from './limits.ts';
import { unitCodeSchema, unitPathSchema } from './organisation.ts';
import { uuidSchema } from './uuid.ts';

/** FG55: values in steps; of how a unit stands: contested, held, late, stale, or without a value. */
export const selectionRuleSchema = z.discriminatedUnion('is', [
  z.strictObject({ is: z.literal('at-least'), value: z.number().int() }),
  z.strictObject({ is: z.literal('at-most'), value: z.number().int() }),
  z.strictObject({ is: z.enum(['late', 'stale', 'contested', 'held', 'none']) }),
]);
export type SelectionRule = z.infer<typeof selectionRuleSchema>;

/** FG55: whether a rule chooses a unit. A stale value is in no sum, and chosen by its amount no more. */
export function chooses(rule: SelectionRule, value: number | null, state: FigureState): boolean {
  if (rule.is !== 'at-least' && rule.is !== 'at-most') return state === rule.is;
  if (value === null || state === 'stale') return false;
  return rule.is === 'at-least' ? value >= rule.value : value <= rule.value;
}

/** `POST /api/figures/selections`: freezes what a rule chooses of a period as known at N; answers the selection. */
export const selectionAskSchema = z.strictObject({
  /** Of the caller's making; the same again answers the same selection. */
  key: uuidSchema,
  indicator: indicatorCodeSchema,
  period: figurePeriodSchema,
  n: z.number().int().min(1),
  root: unitCodeSchema,
  rule: selectionRuleSchema,
  /** Units that are taken out by hand. */
  except: z.array(unitCodeSchema).max(MOST_SUBTREES).default([]),
  /** In which it is made. */
  briefing: uuidSchema.nullable().default(null),
});
export type SelectionAsk = z.output<typeof selectionAskSchema>;

/** FG29: units that were chosen by a figure, as they stood then. */
export const figureSelectionSchema = z.object({
  id: uuidSchema,
  /** As it was defined then. */
  indicator: indicatorSchema,
  period: figureMoment,
  n: z.number().int(),
  /** When that N was recorded. */
  nAt: figureMoment,
  root: z.object({ unit: unitCodeSchema, path: unitPathSchema, name: z.string() }),
  rule: selectionRuleSchema,
  /** FG57: to whoever does not lead the root, those of their territory. */
  except: z.array(unitCodeSchema),
  /** How many units it has; FG57: to whoever does not lead the root, how many in their territory. */
  units: z.number().int(),
  at: figureMoment,
  by: z.string(),
});
export type FigureSelection = z.infer<typeof figureSelectionSchema>;

export const selectedUnitSchema = z.object({
  unit: unitCodeSchema,
  path: unitPathSchema,
  name: z.string(),
  value: z.number().int().nullable(),
  state: figureStateSchema,
  /** End of the period of the value. */
  until: figureMoment.nullable(),
});
export type SelectedUnit = z.infer<typeof selectedUnitSchema>;

/** `GET /api/figures/selections/{id}`: what the caller may read of it, the worst first. */
export const selectedUnitsSchema = z.object({ selection: figureSelectionSchema, units: z.array(selectedUnitSchema) });

/** `GET /api/figures/selections/{id}/units/{unit}`: why this one. */
export const selectedUnitAnswerSchema = z.object({
  selection: figureSelectionSchema,
  unit: selectedUnitSchema,
  /** When its value became known; null: it has none. */
  since: figureMoment.nullable(),
});
export type SelectedUnitAnswer = z.infer<typeof selectedUnitAnswerSchema>;
