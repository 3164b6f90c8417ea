import type { ContactWords } from './contact.vi.ts';

export const en: ContactWords = {
  title: 'Contacts for figures',
  of: (figure) => `Contact for ${figure}`,
  failed: 'The contact could not be loaded. The page tries again.',
  nobody: 'No contact has been named for this figure.',
  name: 'Name',
  job: 'Title',
  telephone: 'Telephone',
  write: 'Name a contact',
  change: 'Change',
  save: 'Save',
  remove: 'Remove',
  ring: (name, telephone) => `Call ${name}: ${telephone}`,
  privacy: 'Seen only by the unit and those who lead its territory. It is not part of the figures.',
};
