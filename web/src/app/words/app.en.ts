import type { AppWords } from './app.vi.ts';

export const en: AppWords = {
  name: 'Điều Hành',
  tagline: 'Directive conferences',
  demo: 'Demo',
  offlineTitle: 'This computer is offline',
  offlineBody: 'Check the network cable or Wi-Fi. The page reconnects by itself; nothing to press.',
  noLinkTitle: 'Open your personal link',
  noLinkBody: 'Each unit has its own link, sent by its moderator. Open that link on this computer to enter.',
  noLinkNext: 'No link? Ask the moderator for a new one.',
  ringForLink: 'For a new link, ring',
  signIn: 'Sign in with a password',
  login: 'Login',
  password: 'Password',
  enter: 'Sign in',
  linkFailed: 'This link does not let you in',
  linkNext: 'The moderator can issue a new link at once. When you ring, say the name of your unit.',
  failed: 'The page could not open',
  failedBody: 'The server cannot be reached. The page tries again by itself; nothing to press.',
  chooseBriefing: 'Choose a briefing',
  none: 'No briefing yet',
  noneBody: 'When there is a briefing for your unit it appears here. Keep this page open.',
  scheduled: (when) => `Starts at ${when}`,
  startsAt: (hour, weekday, date) => `Starts at ${hour} on ${weekday}, ${date}`,
  now: 'It is now',
  opensIn: (minutes) =>
    minutes < 90
      ? `${minutes} ${minutes === 1 ? 'minute' : 'minutes'} to go.`
      : minutes < 48 * 60
        ? `About ${Math.round(minutes / 60)} hours to go.`
        : `About ${Math.round(minutes / 1440)} days to go.`,
  opensSoon: 'It is time. The doors are not open yet; please wait.',
  opensByItself: 'The page enters by itself when the doors open. Nothing to press; keep this page open.',
  turnOf: (of, hour) => `The turn of ${of} is at ${hour}`,
  turnAt: (hour) => `You go in at ${hour}`,
  turnIn: (seconds) => (seconds < 90 ? `About ${seconds} s to go.` : `About ${Math.round(seconds / 60)} min to go.`),
  turnNow: 'It is your turn; entering the briefing.',
  turnByItself:
    'Many come at the same moment, so they go in one after the other. The page goes in by itself; nothing to press. You keep your turn when the page is loaded again.',
  checkAgain: 'Check this computer again',
  join: 'Enter the briefing',
  replaced: 'The briefing is open in another window',
  replacedBody: 'One computer shows the briefing in one window. The one opened last is in use.',
  useHere: 'Use this window',
  removed: 'This computer was taken out of the briefing',
  removedBody: 'A moderator took it out. If this is a mistake, contact the moderator.',
  closed: 'The briefing has ended',
  closedBody: 'You can close this page. The work of your unit is below, and again whenever you open your link.',
  sessionEnded: 'Your session has ended',
  sessionEndedBody: 'Open your personal link again, or sign in with a password.',
  moved: 'Your unit or role has changed',
  movedBody: 'This page loads again in a moment.',
};
