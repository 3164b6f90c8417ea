import { plural } from '../../i18n/plural.ts';
import type { ReportWords } from './report.vi.ts';

export const en: ReportWords = {
  lead: 'The whole list of your territory, to keep and to work with.',
  kinds: {
    attendance: 'Attendance',
    rounds: 'Roll-calls',
    directives: 'Directives',
    directive: 'This directive',
  },
  bodies: {
    attendance: 'A line for each unit: in, out, minutes, share, result, why it was corrected.',
    rounds: 'A line for each unit and round: how it answered, who, and when.',
    directives: 'A line for each unit and directive: how far it is, who does it, deadline, result.',
    directive: 'A line for each unit: how far it is, who does it, deadline, result.',
  },
  parts: {
    presence: 'Units connected',
    people: 'Who was on stage, who watched',
    rounds: 'Roll-calls of the room',
    directives: 'Directives of the room',
  },
  partBodies: {
    presence:
      'A line for each unit and each time that it was held: in, out, minutes connected, minutes shown this room.',
    people: 'A line for each time, from when to when: who was on stage or visited; who watched, if of your territory.',
    rounds: 'Those of its territory alone, opened while the room was held: how they were answered, by whom, and when.',
    directives: 'Those of its territory, issued while the room was held: delivered, read, taken on and done when.',
  },
  sessions: 'Rooms of units',
  sessionsBody: 'Lists of each room, also while it is held.',
  held: (from, to) => `${from} - ${to}`,
  stillHeld: (from) => `since ${from}, still held`,
  formats: { csv: 'CSV', xlsx: 'Excel' },
  make: (kind, format) => `${kind}: make a ${format} file`,
  waiting: 'Waiting for its turn…',
  running: (n, of) => `Line ${n} of ${of}`,
  runningOnly: (n) => plural(n, 'line'),
  ready: (n) => `Ready, ${plural(n, 'line')}`,
  failed: 'It could not be made. Please try again.',
  download: (name) => `Download ${name}`,
  onePage: 'One-page summary',
  onePageBody: 'Who was here by territory, roll-calls and directives, on one sheet of A4.',
  show: 'Show the summary',
  print: 'Print',
};
