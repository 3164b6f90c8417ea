import { z } from 'zod';
import { groundPieceQuerySchema, sha256Schema } from '../../api/contract.ts';

const KEY = 'dh.ground';
const keptSchema = z.object({ sha256: sha256Schema, sizes: z.array(groundPieceQuerySchema.shape.most) });

/** FG121: the sizes of the pieces in which a ground came to this tab, so that it finds them in its browser when it is loaded anew. */
export function cameIn(sha256: string): readonly number[] {
  try {
    const kept = keptSchema.parse(JSON.parse(sessionStorage.getItem(KEY) ?? ''));
    return kept.sha256 === sha256 ? kept.sizes : [];
  } catch {
    // Nothing was kept, or by another version.
    return [];
  }
}

export function keepSizes(sha256: string, sizes: readonly number[]): void {
  try {
    sessionStorage.setItem(KEY, JSON.stringify({ sha256, sizes }));
  } catch {
    // A browser that keeps nothing keeps no pieces either.
  }
}
