import { plural } from '../../i18n/plural.ts';
import type { ReportWords } from './report.vi.ts';

export const en: ReportWords = {
  lead: 'Complete lists for your territory, to keep and to work with.',
  kinds: {
    attendance: 'Attendance',
    rounds: 'Roll-calls',
    directives: 'Directives',
    directive: 'This directive',
  },
  bodies: {
    attendance: 'One line per unit: in, out, minutes, share, result, reason for any correction.',
    rounds: 'One line per unit and round: the answer, by whom, and when.',
    directives: 'One line per unit and directive: progress, who is responsible, deadline, result.',
    directive: 'One line per unit: progress, who is responsible, deadline, result.',
  },
  parts: {
    presence: 'Units connected',
    people: 'Who was on stage and who watched',
    rounds: 'Roll-calls in the room',
    directives: 'Directives in the room',
  },
  partBodies: {
    presence: 'One line per unit and session: in, out, minutes connected, minutes watching this room.',
    people: 'One line per stay, with its times: who was on stage or visited; who watched, within your territory.',
    rounds: 'Those of its territory only, opened while the room was open: the answers, by whom, and when.',
    directives: 'Those to its territory, given while the room was open: when delivered, read, accepted and done.',
  },
  sessions: 'Breakout rooms',
  sessionsBody: 'Lists for each room, also while it is open.',
  held: (from, to) => `${from} to ${to}`,
  stillHeld: (from) => `since ${from}, still open`,
  formats: { csv: 'CSV', xlsx: 'Excel' },
  make: (kind, format) => `${kind}: make a ${format} file`,
  waiting: 'Waiting for its turn…',
  running: (n, of) => `Line ${n} of ${of}`,
  runningOnly: (n) => plural(n, 'line'),
  ready: (n) => `Ready, ${plural(n, 'line')}`,
  failed: 'The file could not be made. Please try again.',
  download: (name) => `Download ${name}`,
  onePage: 'One-page summary',
  onePageBody: 'Attendance by territory, roll-calls and directives, on one A4 sheet.',
  show: 'Show the summary',
  print: 'Print',
};
