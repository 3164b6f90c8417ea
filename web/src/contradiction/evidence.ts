import type { Contradicted } from './seat/ReceiptWatch.ts';

/** AU24: what is saved: the receipts, and what was found in their places. `audit verify --receipt` reads it. */
export const evidenceOf = (
  contradictions: readonly Contradicted[],
  seen: { readonly by: string; readonly unit: string; readonly at: string },
): object => ({ kind: 'dieu-hanh/contradictions/1', site: location.origin, ...seen, contradictions });

export const evidenceName = (unit: string, at: string): string =>
  `bang-chung-${unit}-${at.slice(0, 19).replaceAll(':', '-')}.json`;
