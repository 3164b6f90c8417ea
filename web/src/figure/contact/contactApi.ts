import type { Api } from '../../api/Api.ts';
import { type FigureContact, namedContactSchema } from '../../api/contract.ts';

type Asks = Pick<Api, 'ask'>;
const at = (indicator: string, unit: string) => `/api/figures/contacts/${indicator}/${encodeURIComponent(unit)}`;

/** FG69: who answers for a figure in a unit. */
export const contactApi = {
  read: async (api: Asks, indicator: string, unit: string) =>
    (await api.ask(at(indicator, unit), namedContactSchema)).contact,
  name: async (api: Asks, indicator: string, unit: string, contact: FigureContact | null) =>
    (await api.ask(at(indicator, unit), namedContactSchema, { method: 'PUT', body: { contact } })).contact,
};
