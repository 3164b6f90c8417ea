import type { ContactWords } from './contact.vi.ts';

export const en: ContactWords = {
  title: 'Who answers for a figure',
  of: (figure) => `Who answers for it: ${figure}`,
  failed: 'Who answers for the figure could not be read. The page tries again.',
  nobody: 'Nobody is named who answers for this figure.',
  name: 'Name',
  job: 'Title',
  telephone: 'Telephone',
  write: 'Name somebody',
  change: 'Change',
  save: 'Save',
  remove: 'Remove',
  ring: (name, telephone) => `Ring ${name}: ${telephone}`,
  privacy: 'Read by the unit and those who lead its territory alone. It is no part of the figures.',
};
