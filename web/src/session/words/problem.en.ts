import type { ProblemWords } from './problem.vi.ts';

export const en: ProblemWords = {
  wait: (seconds: number) =>
    seconds < 90
      ? `Too often. Wait ${seconds} ${seconds === 1 ? 'second' : 'seconds'} and try again.`
      : `Too often. Wait ${Math.ceil(seconds / 60)} minutes and try again.`,
  reason: {
    'bad-request': 'The server did not understand this. Reload the page.',
    unauthenticated: 'Your session has ended. Open your personal link again, or sign in.',
    'link-unknown': 'There is no such link. Check that you copied all of it, or ask for a new one.',
    'link-used': 'This link belongs to another computer. Use that one, or ask the moderator for a new link.',
    'link-revoked': 'This link was replaced. Use the newest one, or ask for a new link.',
    'link-over': 'This link was for one use within a day, and that is past. Ask for a new link.',
    'wrong-credentials': 'Login or password is not right.',
    forbidden: 'This account may not do that.',
    'outside-territory': 'This unit lies outside your territory.',
    'foreign-origin': 'The request came from another site and was refused. Open the official link.',
    'not-found': 'Not found. It may have changed, or be gone.',
    conflict: 'Somebody else was quicker. Look again and repeat if still wanted.',
    'not-live': 'The briefing is not live.',
    'briefing-closed': 'The briefing has ended.',
    rehearsal: 'This is of a rehearsal: nothing official is done with it.',
    'not-connected': 'This unit has no computer in the briefing.',
    busy: 'This unit is being called or is speaking already, or too many act at this moment. Try again shortly.',
    'too-late': 'Its time is over, or it was decided on meanwhile; nothing more is recorded.',
    'wrong-proof': 'These are not the two digits on the stage. Look again.',
    'too-many-tries': 'This was tried too often. If it is still wanted, telephone the moderator.',
    'rate-limited': 'Too fast. Wait a few seconds and try again.',
    'too-large': 'This is too long.',
    'node-full': 'Too many are connecting to this server. Try again shortly.',
    draining: 'The server is going into maintenance. Try again shortly.',
    'store-unavailable': 'The server cannot record just now. Nothing was recorded; try again in a few seconds.',
    internal: 'Something went wrong. Try again in a few seconds.',
  },
  network: 'No connection to the server. Check the network and try again.',
};
