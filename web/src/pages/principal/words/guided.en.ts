import type { GuidedWords } from './guided.vi.ts';

export const en: GuidedWords = {
  title: 'What to try next',
  try: (step: string) => `Try: ${step}.`,
  next: (step: string, where: string) => `Try next: ${step}. ${where}`,
  steps: {
    live: 'going on air',
    call: 'calling a commune',
    round: 'a roll-call',
    directive: 'giving a directive',
    room: 'opening the room of a province',
    figure: 'showing a figure',
  },
  press: (button: string) => `Press “${button}” below the picture.`,
  search: 'In the meeting room, type its name into the search for units, choose one that is connected, and press call.',
  inTab: (tab: string, button: string) => `Choose the tab “${tab}”, then “${button}”.`,
  inPart: (part: string, button: string) => `In the part “${part}”, choose “${button}”.`,
  ofFigure: (tab: string, button: string) => `Choose the tab “${tab}”, open a figure, and press “${button}”.`,
  tried: (done: number, of: number) => `${done} of ${of} tried`,
  isDone: (step: string) => `${step}: tried`,
  all: 'All of it is tried. Look around as you like: this is a demo.',
  close: 'Close the suggestions',
};
