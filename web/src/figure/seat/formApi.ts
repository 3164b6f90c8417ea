import type { Api } from '../../api/Api.ts';
import {
  type FigureEntered,
  type FigureEntry,
  type FigureValue,
  figureActedSchema,
  figureEnteredSchema,
  figureEntrySchema,
  figureFormSchema,
  saidListSchema,
  settledEntrySchema,
} from '../../api/contract.ts';

type Asks = Pick<Api, 'ask'>;

/** What a unit types in, and what is said of it. */
export const formApi = {
  tasks: (api: Asks) => api.ask('/api/figures/form', figureFormSchema),
  said: async (api: Asks) => (await api.ask('/api/figures/said', saidListSchema)).said,
  enter: (api: Asks, ask: FigureEntry): Promise<FigureEntered> =>
    api.ask('/api/figures/entries', figureEnteredSchema, { method: 'POST', body: figureEntrySchema.parse(ask) }),
  /** FG16: says that a value of the own unit is wrong, or that it is not after all. @param key the same when sent again */
  act: (api: Asks, act: 'contest' | 'withdraw', value: FigureValue, key: string) =>
    api.ask('/api/figures/acts', figureActedSchema, { method: 'POST', body: { key, act, of: { values: [value] } } }),
  /** @returns undefined: nothing is on record under the key */
  recorded: async (api: Asks, key: string): Promise<FigureEntered | undefined> =>
    (await api.ask(`/api/figures/entries/${key}`, settledEntrySchema)).entered ?? undefined,
};
