import { z } from 'zod';
import { againstSchema, type FigureFrame, figureFrameSchema, UNIT_PATH } from '../../api/contract.ts';

const isPath = (one: unknown): boolean => typeof one === 'string' && UNIT_PATH.test(one);
const isValue = (one: unknown): boolean => one === null || Number.isSafeInteger(one);

const values = z.custom<FigureFrame['values']>((told) => Array.isArray(told) && told.every(isValue));

/**
 * A frame as a page reads it. What it takes and refuses is what `figureFrameSchema` does: element by element, ten thousand
 * units take zod as long as everything else that a map needs.
 */
export const frameSchema: z.ZodType<FigureFrame> = figureFrameSchema.extend({
  units: z.custom<FigureFrame['units']>((told) => Array.isArray(told) && told.every(isPath)),
  values,
  against: againstSchema.extend({ values }).optional(),
});
