import { z } from 'zod';
import { sourceCodeSchema } from '../../protocol/figure.ts';
import type { JobDefinition } from '../Jobs.ts';

/** Wakes a node at the moment at which a source of figures is asked again; the id of the job is of both. */
export const figurePull = {
  name: 'figure-pull',
  schema: z.strictObject({ source: sourceCodeSchema }),
  attempts: 1,
  backoffMs: 1_000,
} as const satisfies JobDefinition;
