import type { ScreenWords } from './screen.vi.ts';

export const en: ScreenWords = {
  title: 'Briefing screen',
  codeTitle: 'Pairing code',
  codeBody:
    'The principal or a moderator opens “Directives and record” (the principal then “Office”), chooses “Screens”, and types this code.',
  codeSpoken: (digits) => `Pairing code: ${digits}`,
  asking: 'Connecting to the server…',
  paired: 'This screen is paired. Looking for a briefing…',
  joining: (title) => `This screen is paired. Joining the briefing: ${title}`,
  nothing: 'No briefing at the moment',
  next: (title, when) => `Next: ${title}, ${when}`,
  late: (title, when) => `Waiting for the room to open: ${title}, planned for ${when}`,
  soundOff: 'Press any key for sound',
  elsewhere: 'This screen is open in another window',
};
