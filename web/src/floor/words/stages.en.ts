import { plural } from '../../i18n/plural.ts';
import type { StagesWords } from './stages.vi.ts';

export const en: StagesWords = {
  title: 'Rooms of units',
  own: (unit) => `Room of ${unit}`,
  ownHint: 'Your units will see and hear this room instead of the main one. When it ends, all are back.',
  open: (unit) => `Open the room of ${unit}`,
  openFor: 'Open a room for a unit',
  choose: 'Choose a unit',
  openIt: 'Open',
  since: (time) => `since ${time}`,
  shown: 'Its units are watching this room',
  elsewhere: 'Its units are watching the room above',
  empty: 'Nobody is on stage: its units still watch the room above',
  speak: 'Go on stage',
  enter: 'Watch',
  enterOf: (unit) => `Watch the room of ${unit}`,
  visit: 'Visit',
  visitOf: (unit) => `Visit the room of ${unit}, with picture and sound`,
  visiting: (unit) => `You are visiting the room of ${unit}: everybody there sees and hears you.`,
  endVisit: 'End the visit',
  here: 'Watching',
  common: 'Main room',
  enterCommon: 'Watch the main room',
  end: 'End the room',
  endOf: (unit) => `End the room of ${unit}`,
  endTitle: (unit) => `End the room of ${unit}?`,
  endBody: 'Everybody leaves this room. Its units are back in the room above at once, without connecting anew.',
  watching: (unit) => `This device is watching the room of ${unit}.`,
  watchingCommon: 'This device is watching the main room.',
  breakOut: 'Break out',
  breakOutTitle: (n) => `Break out into ${plural(n, 'room', 'rooms')}?`,
  breakOutBody:
    'Each unit of the tier below gets its room at once, led by its own officials. Where nobody leads, this room is shown.',
  brokenOut: (open, empty) =>
    empty === 0
      ? `${plural(open, 'room is', 'rooms are')} open.`
      : `${plural(open, 'room is', 'rooms are')} open; in ${empty} nobody leads yet.`,
  eyes: 'All eyes here',
  eyesOff: 'Let the rooms go on',
  eyesOn: 'Everybody is shown this room. The other rooms stay open.',
  back: 'Back',
  callBack: 'End all rooms below',
  callBackTitle: (n) => `End ${plural(n, 'room', 'rooms')}?`,
  callBackBody: (seconds) =>
    `Each room sees ${plural(seconds, 'second', 'seconds')} count down; then all are back, without connecting anew.`,
  backIn: (seconds) => `They end in ${plural(seconds, 'second', 'seconds')}`,
  stay: 'Call it off',
};
