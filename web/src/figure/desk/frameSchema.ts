import { z } from 'zod';
import { againstSchema, type FigureFrame, figureFrameSchema, UNIT_CODE, UNIT_PATH } from '../../api/contract.ts';

type Sums = FigureFrame['upper'];

const isPath = (one: unknown): boolean => typeof one === 'string' && UNIT_PATH.test(one);
const isValue = (one: unknown): boolean => one === null || Number.isSafeInteger(one);
const isWithin = (one: unknown, least: number, most: number): boolean =>
  Number.isSafeInteger(one) && (one as number) >= least && (one as number) <= most;

const values = z.custom<FigureFrame['values']>((told) => Array.isArray(told) && told.every(isValue));

/** One of which the contract's schema takes everything, and leaves nothing out. */
function isSum(told: unknown): boolean {
  if (typeof told !== 'object' || told === null) return false;
  const { unit, value, coverage, closed, share, unweighed } = told as Partial<Sums[number]>;
  const more = [closed, share, unweighed].filter((one) => one !== undefined).length;
  if (Object.keys(told).length !== 3 + more || typeof unit !== 'string' || !UNIT_CODE.test(unit)) return false;
  if (closed !== undefined && !isWithin(closed, 1, Number.MAX_SAFE_INTEGER)) return false;
  if (unweighed !== undefined && !isWithin(unweighed, 1, Number.MAX_SAFE_INTEGER)) return false;
  if (share !== undefined && !isWithin(share, 0, 10_000)) return false;
  return isValue(value) && isCoverage(coverage);
}

function isCoverage(told: unknown): boolean {
  if (typeof told !== 'object' || told === null || Object.keys(told).length !== 7) return false;
  const { expected, fresh, late, stale, none, held, contested } = told as Partial<Sums[number]['coverage']>;
  return [expected, fresh, late, stale, none, held, contested].every(Number.isSafeInteger);
}

/**
 * A frame as a page reads it. What it takes and refuses is what `figureFrameSchema` does: element by element, ten thousand
 * units take zod as long as everything else that a map needs, and seven hundred sums above them longer than the units take
 * here. Sums that are not plainly right are read by the contract's schema.
 */
export const frameSchema: z.ZodType<FigureFrame> = figureFrameSchema.extend({
  units: z.custom<FigureFrame['units']>((told) => Array.isArray(told) && told.every(isPath)),
  values,
  upper: z.union([z.custom<Sums>((told) => Array.isArray(told) && told.every(isSum)), figureFrameSchema.shape.upper]),
  against: againstSchema.extend({ values }).optional(),
});
