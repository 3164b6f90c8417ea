import type { FigureDeskTold } from '../../../api/contract.ts';

export type DeskIndicator = FigureDeskTold['indicators'][number];
export type DeskIndicators = ReadonlyMap<string, DeskIndicator>;

/** How many values wait: by themselves, and with their batches. */
export const waitingOf = ({ values, batches }: FigureDeskTold['held']): number =>
  values + batches.reduce((sum, batch) => sum + batch.values, 0);

/** Names of figures, one after the other. */
export const namesOf = (codes: readonly string[], indicators: DeskIndicators, language: 'vi' | 'en'): string =>
  codes.map((code) => indicators.get(code)?.name[language] ?? code).join(', ');
