import { plural } from '../../../i18n/plural.ts';
import type { PrincipalWords } from './principal.vi.ts';

export const en: PrincipalWords = {
  title: 'Chair’s desk',
  preview: 'My picture',
  previewNote: 'Not on air',
  noPicture: 'No picture from the camera yet',
  soundOnly: 'Once on air, you will be heard but not seen.',
  onAirSoon: 'About to go on air',
  onAirIn: (n) => `On air in ${n}`,
  stopCount: 'Stop',
  country: 'Units',
  conduct: 'Proceedings',
  conductQuestions: (n) => plural(n, 'question'),
  conductRooms: (n) => plural(n, 'room'),
  conductItem: (nr, of) => `Item ${nr}/${of}`,
  stageNote: 'What everyone sees',
  goLive: 'Go live',
  beganWithoutRoom: 'The principal went live',
  goingLive: 'Starting…',
  end: 'Go off air',
  endTitle: 'Stop broadcasting?',
  endBody: (here) =>
    here === '0'
      ? 'No unit is watching now. You can then go live again, or close the briefing.'
      : `${plural(here, 'unit is watching and', 'units are watching and')} will see that the briefing is paused. You can then go live again, or close it.`,
  endConfirm: 'Stop broadcasting',
  keepOn: 'Stay live',
  hands: 'Asking to speak',
  invite: 'Invite',
};
