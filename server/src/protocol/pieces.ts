import { z } from 'zod';

/**
 * So much of something large, after so much else: each time as much as the last, twice or half of it, so that pages ask for
 * the same pieces, and nobody can ask for so many others that those give way.
 */
export const pieceQuerySchema = ({ first, most }: { readonly first: number; readonly most: number }) =>
  z.strictObject({
    from: z.coerce.number().int().min(0).multipleOf(first).default(0),
    most: z.coerce
      .number()
      .int()
      .min(first)
      .max(most)
      .refine((size) => Number.isInteger(Math.log2(size / first)), `is ${first}, or twice as much again and again`)
      .default(first),
  });
