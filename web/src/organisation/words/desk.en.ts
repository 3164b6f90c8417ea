import { plural } from '../../i18n/plural.ts';
import type { OrganisationDeskWords } from './desk.vi.ts';

export const en: OrganisationDeskWords = {
  call: 'Call',
  callUnit: (name) => `Call ${name}`,
  more: (name) => `More for ${name}`,
  link: 'Reissue link',
  linkTitle: (name) => `Reissue the link of ${name}`,
  linkBody: 'The old link stops working at once. A computer that uses it must open the new one.',
  linkMake: 'Issue a new link',
  linkOnce: 'This link is shown once. Copy it and send it to the unit in private.',
  linkNone: 'This unit has no account yet.',
  linkUsed: (when) => `last used at ${when}`,
  linkNever: 'not used yet',
  accountDisable: 'Disable account',
  accountDisableSure: 'Disable, and sign out all its devices now?',
  accountDisabled: 'disabled',
  accountEnable: 'Enable account',
  level: { full: 'complete', most: 'nearly all', some: 'over half', few: 'under half', none: 'none yet' },
  legend: 'Legend',
  picker: {
    hint: 'Name, no accents needed',
    searching: 'Searching…',
    empty: 'No unit matches. Try fewer letters.',
    remove: (name) => `Remove ${name}`,
  },
  saveList: {
    start: 'Save as a list',
    name: 'Name of the list',
    save: 'Save',
    replace: 'Replace the old list',
    saved: (name, n) => `List “${name}” saved: ${plural(n, 'unit')}`,
  },
};
