import {
  type AccountsAnswer,
  accountListSchema,
  accountSchema,
  type Contacts,
  doneActsSchema,
  indicatorListSchema,
  issuedLinkSchema,
  madeSeatsSchema,
  type Role,
  type RosterPlan,
  rosterDoneSchema,
  rosterPlanSchema,
  type UnitContacts,
  unitContactsSchema,
} from '../../../api/contract.ts';
import type { Office } from '../../../session/OfficeContext.tsx';

type Asks = Pick<Office['api'], 'ask'>;
const seg = encodeURIComponent;
const post = (body: object = {}) => ({ method: 'POST' as const, body });

export type AccountRow = AccountsAnswer[number];
export interface Wanted {
  readonly name: string;
  readonly role: Role;
  readonly unit: string;
  /** FG38: of a steward. */
  readonly indicators?: readonly string[];
}

export interface RosterFile {
  readonly name: string;
  readonly what: 'roster' | 'tiers';
  /** Under one of the types that the server takes. */
  readonly blob: Blob;
}
const queryOf = ({ name, what }: RosterFile): string => `file=${seg(name)}&what=${what}`;

/** Requests of the desk of units and people. */
export const peopleApi = (api: Asks) => ({
  contacts: (unit: string): Promise<UnitContacts> => api.ask(`/api/units/${seg(unit)}/contacts`, unitContactsSchema),
  changeContacts: (unit: string, contacts: Contacts & { version: number }): Promise<UnitContacts> =>
    api.ask(`/api/units/${seg(unit)}/contacts`, unitContactsSchema, { method: 'PUT', body: contacts }),
  accounts: async (unit: string) => (await api.ask(`/api/accounts?unit=${seg(unit)}`, accountListSchema)).accounts,
  indicators: async () => (await api.ask('/api/figures/indicators', indicatorListSchema)).indicators,
  make: (wanted: Wanted & { key: string }) => api.ask('/api/accounts', accountSchema, post(wanted)),
  change: (id: string, wanted: Wanted) =>
    api.ask(`/api/accounts/${id}`, accountSchema, { method: 'PUT', body: wanted }),
  setDisabled: (id: string, disabled: boolean): Promise<void> =>
    api.ask(`/api/accounts/${id}/${disabled ? 'disable' : 'enable'}`, undefined, post()),
  issueLink: (id: string) => api.ask(`/api/accounts/${id}/links`, issuedLinkSchema, post()),
  withdraw: (link: string): Promise<void> => api.ask(`/api/links/${link}`, undefined, { method: 'DELETE' }),
  offerPassword: (id: string, login: string) =>
    api.ask(`/api/accounts/${id}/password-links`, issuedLinkSchema, post({ login })),
  endSession: (id: string, session: string): Promise<void> =>
    api.ask(`/api/accounts/${id}/sessions/${seg(session)}`, undefined, { method: 'DELETE' }),
  makeSeats: (unit: string) => api.ask(`/api/units/${seg(unit)}/seats`, madeSeatsSchema, post()),
  history: async (unit: string, before: string | undefined) =>
    (await api.ask(`/api/people-acts?unit=${seg(unit)}${before ? `&before=${seg(before)}` : ''}`, doneActsSchema)).acts,
  planRoster: (file: RosterFile): Promise<RosterPlan> =>
    api.ask(`/api/roster/plans?${queryOf(file)}`, rosterPlanSchema, { method: 'POST', body: file.blob }),
  importRoster: (file: RosterFile, plan: string, key: string) =>
    api.ask(`/api/roster/imports?${queryOf(file)}&plan=${plan}&key=${key}`, rosterDoneSchema, {
      ...{ method: 'POST', body: file.blob },
    }),
  renameList: (name: string, to: string): Promise<void> =>
    api.ask(`/api/lists/${seg(name)}/rename`, undefined, post({ name: to })),
  deleteList: (name: string): Promise<void> => api.ask(`/api/lists/${seg(name)}`, undefined, { method: 'DELETE' }),
});
export type PeopleApi = ReturnType<typeof peopleApi>;
