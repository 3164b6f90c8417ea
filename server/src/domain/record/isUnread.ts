import type { RecordRow } from './seal.ts';

/**
 * FG111: whether what an official row vouches for is passed over. The row itself is verified, so whoever alters its time to have that done
 * is found. @param since as `to_jsonb` writes moments, whose texts are in their order; undefined: everything is read
 */
export const isUnread = (
  { isBulk = false }: { readonly isBulk?: boolean },
  { at }: RecordRow,
  since: string | undefined,
): boolean => isBulk && since !== undefined && String(at) < since;
