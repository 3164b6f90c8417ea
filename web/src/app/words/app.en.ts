import type { AppWords } from './app.vi.ts';

export const en: AppWords = {
  name: 'Điều Hành',
  tagline: 'Directive conferences',
  demo: 'Demo',
  recordFull:
    'Nothing more can be recorded for the moment; watching and listening go on. Answers are kept on this device and sent again.',
  offlineTitle: 'This device is offline',
  offlineBody: 'Check the network cable or Wi-Fi. The page reconnects by itself; you need not press anything.',
  ringForLink: 'For a new link, call',
  signIn: 'Sign in with a password',
  linkFailed: 'This link does not let you in',
  linkNext: 'The moderator can issue a new link at once. When you call, give the name of your unit.',
  unitEnded: 'Your unit is no longer in the list',
  failed: 'The page could not open',
  failedBody: 'The server cannot be reached. The page tries again by itself; you need not press anything.',
  chooseBriefing: 'Choose a briefing',
  placeKept: 'Your place on air is kept: once you enter, everybody sees and hears your unit at once.',
  none: 'No briefing right now',
  noneBody: 'The next briefing will appear here. Keep this page open.',
  scheduled: (when) => `Starts at ${when}`,
  isOpen: (when) => `The room is open; it is due to begin at ${when}`,
  isLive: 'Under way',
  startsAt: (hour, weekday, date) => `Starts at ${hour} on ${weekday}, ${date}`,
  now: 'The time is',
  opensIn: (minutes) =>
    minutes < 90
      ? `${minutes} ${minutes === 1 ? 'minute' : 'minutes'} to go.`
      : minutes < 48 * 60
        ? `About ${Math.round(minutes / 60)} hours to go.`
        : `More than ${Math.floor(minutes / 1440)} days to go.`,
  opensSoon: 'It is time, but the room is not open yet. Please wait.',
  opensByItself:
    'You will be let in automatically when the room opens. Keep this page open; you need not press anything.',
  turnOf: (of, hour) => `${of}: entry at ${hour}`,
  turnAt: (hour) => `Your turn to enter is at ${hour}`,
  turnIn: (seconds) => (seconds < 90 ? `About ${seconds} s to go.` : `About ${Math.round(seconds / 60)} min to go.`),
  turnNow: 'It is your turn. Entering the briefing…',
  turnByItself:
    'Many units are arriving at once, so they are let in one after another. You will enter automatically; you need not press anything. If your unit is called, it enters at once. Reloading the page does not lose your turn.',
  turnWanted: 'The briefing is waiting for you',
  turnWantedNow: 'Entering now, ahead of your turn.',
  checkAgain: 'Check this device again',
  join: 'Enter the briefing',
  replaced: 'The briefing is open in another window',
  replacedBody: 'A device can show the briefing in one window only. The window opened last is in use.',
  useHere: 'Use this window',
  removed: 'This device was removed from the briefing',
  removedBody: 'A moderator removed it. If this is a mistake, contact the moderator.',
  closed: 'The briefing has ended',
  closedBody:
    'You can close this page. Your unit’s tasks are listed below, and will be here whenever you open your link.',
  sessionEnded: 'Your session has ended',
  sessionEndedBody: 'Open your personal link again, type the code of your invitation, or sign in with a password.',
  moved: 'Your unit or role has changed',
  movedBody: 'This page will reload in a moment.',
};
