import type { AbsenceWords } from './absence.vi.ts';

export const en: AbsenceWords = {
  open: 'Report absent',
  why: 'Why is the unit absent?',
  whyMissing: 'Choose or write the reason: it goes on record.',
  reasons: {
    emergency: 'Dealing with an emergency in the area',
    meeting: 'In another meeting',
    trip: 'On an official trip',
    leave: 'On sick leave or leave',
  },
  other: 'Another reason',
  otherWhy: 'Write the reason',
  body: 'The unit goes on record as absent, with the reason. You can correct it until the deadline.',
  bodyLate: 'The unit goes on record as absent, reported late, with the reason; this cannot be corrected.',
  send: 'Answer: absent',
  present: 'Back: the unit is present',
  said: (why) => `Reported absent: ${why}`,
  saidLate: (why) => `Reported absent late: ${why}`,
};
