import type { ScreenDeskWords } from './desk.vi.ts';

export const en: ScreenDeskWords = {
  title: 'Screens of the hall',
  body: 'Open this address on a projector, a wall or the computer of a broadcaster. A screen receives picture and sound of the stage, nothing else.',
  pair: 'Pair a screen',
  code: 'The 8 digits on the screen',
  codeWrong: 'A code has 8 digits.',
  codeUnknown: 'No screen shows this code. Read it again; it changes after 10 minutes.',
  name: 'Name of the screen',
  nameHint: 'For example: Wall of the main hall',
  nameMissing: 'Give it a name, so that it is known later.',
  pairing: 'Pairing…',
  paired: (name) => `“${name}” is paired`,
  none: 'No screen is paired.',
  here: 'Connected',
  away: 'In no briefing now',
  since: (by, until) => `paired by ${by}, good until ${until}`,
  revoke: (name) => `Withdraw ${name}`,
  revokeTitle: (name) => `Withdraw the screen “${name}”?`,
  revokeBody: 'If it is connected, it goes dark at once and shows a new code.',
  revokeConfirm: 'Withdraw',
  keep: 'Keep',
};
