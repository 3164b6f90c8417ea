import { plural } from '../../../i18n/plural.ts';
import type { PrincipalWords } from './principal.vi.ts';

export const en: PrincipalWords = {
  title: 'Chair’s desk',
  preview: 'My picture',
  previewNote: 'Nobody is shown this now',
  noPicture: 'No picture from the camera yet',
  soundOnly: 'On air, everybody will only hear you.',
  onAirSoon: 'About to go on air',
  onAirIn: (n) => `On air in ${n}`,
  stopCount: 'Stop',
  country: 'Units',
  stageNote: 'What everyone sees',
  goLive: 'Go live',
  goingLive: 'Starting…',
  end: 'Go off air',
  endTitle: 'Stop broadcasting?',
  endBody: (here) =>
    here === '0'
      ? 'No unit is watching now. Afterwards you can go live again, or close it.'
      : `${plural(here, 'unit that watches', 'units that watch')} will see that the briefing pauses. Afterwards you can go live again, or close it.`,
  endConfirm: 'Stop broadcasting',
  keepOn: 'Stay live',
  hands: 'Asking to speak',
  invite: 'Invite',
};
