import type { OfficeWords } from './office.vi.ts';

export const en: OfficeWords = {
  title: 'Record of the briefing',
  open: 'Directives and record',
  toRoom: 'Back to the room',
  tools: {
    happened: 'What happened',
    directives: 'Directives',
    questions: 'Questions',
    slides: 'Slides',
    screens: 'Screens',
    attendance: 'Attendance',
    report: 'Reports',
    readiness: 'Device checks',
    schedule: 'Schedule',
    resubmission: 'Resubmitted',
    figures: 'Figures',
    people: 'Directory',
    upload: 'Upload files',
    nodes: 'Nodes',
  },
  which: 'Which record to view',
  current: 'This briefing',
  all: 'All directives of the office',
  ended: 'The briefing is over',
  endedBody: 'Its record is below. This page can be closed and opened again at any time.',
};
