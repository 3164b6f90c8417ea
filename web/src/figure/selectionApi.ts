import type { z } from 'zod';
import type { Api } from '../api/Api.ts';
import {
  attachmentSchema,
  figureSelectionSchema,
  selectedUnitAnswerSchema,
  selectedUnitsSchema,
  type selectionAskSchema,
} from '../api/contract.ts';

type Asks = Pick<Api, 'ask'>;
const at = '/api/figures/selections';

/** What pages ask about units that were chosen by a figure. */
export const selectionApi = {
  freeze: (api: Asks, body: z.input<typeof selectionAskSchema>) =>
    api.ask(at, figureSelectionSchema, { method: 'POST', body }),
  read: (api: Asks, id: string) => api.ask(`${at}/${id}`, selectedUnitsSchema),
  unit: (api: Asks, id: string, unit: string) => api.ask(`${at}/${id}/units/${unit}`, selectedUnitAnswerSchema),
  /** Keeps the list as a file that a directive may carry. */
  attach: (api: Asks, id: string, language: string) =>
    api.ask(`${at}/${id}/table?language=${language}`, attachmentSchema, { method: 'POST' }),
  csv: (id: string, language: string): string => `${at}/${id}/table?language=${language}`,
};
