import type { FoundSeal, Receipt } from '@dieu-hanh/server/protocol';

/** A receipt that the record contradicts: by what stands in its place, or by another receipt of it. */
export interface Contradicted {
  readonly receipt: Receipt;
  readonly found?: FoundSeal;
  readonly rival?: Receipt;
}

/** AU24: what is saved: the receipts, and what was found in their places. `audit verify --receipt` reads it. */
export const evidenceOf = (
  contradictions: readonly Contradicted[],
  seen: { readonly by: string; readonly unit: string; readonly at: string },
): object => ({ kind: 'dieu-hanh/contradictions/1', site: location.origin, ...seen, contradictions });

export const evidenceName = (unit: string, at: string): string =>
  `bang-chung-${unit}-${at.slice(0, 19).replaceAll(':', '-')}.json`;
