import type { FigureDeskTold } from '../../../api/contract.ts';

export type DeskIndicator = FigureDeskTold['indicators'][number];
export type DeskIndicators = ReadonlyMap<string, DeskIndicator>;

/** How many values wait for whoever looks: by themselves, with their batches, and for an answer. */
export const waitingOf = ({
  held: { values, batches, inBatches },
  contested = [],
  contests,
}: Pick<FigureDeskTold, 'held' | 'contested' | 'contests'>) =>
  values +
  // A node of the version before says of neither how many there are.
  (inBatches?.values ?? batches.reduce((sum, batch) => sum + batch.values, 0)) +
  (contests?.toAnswer ?? contested.filter(({ acts }) => acts.includes('answer')).length);

/** Names of figures, one after the other. */
export const namesOf = (codes: readonly string[], indicators: DeskIndicators, language: 'vi' | 'en'): string =>
  codes.map((code) => indicators.get(code)?.name[language] ?? code).join(', ');
