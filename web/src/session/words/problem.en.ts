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
    'link-used': 'This link belongs to another device. Use that one, or ask the moderator for a new link.',
    'link-revoked': 'This link was replaced. Use the newest one, or ask for a new link.',
    'link-over': 'This link could be used once within a day, and has expired. Ask for a new link.',
    'code-unknown': 'The two codes do not belong together. Compare both with the invitation.',
    'code-used': 'This code was used for another device. Ask for a new invitation.',
    'code-early': 'The code works from 24 hours before the briefing.',
    'code-over': 'This code no longer works. Ask for a new invitation.',
    'unit-ended':
      'The unit of this account is no longer among the units of today. Ask the moderator for an account in the new unit.',
    'wrong-credentials': 'Wrong login or password.',
    'weak-password':
      'This password is easy to guess: many people use it, it is your name, or a plain row of digits or letters. Choose another.',
    'name-reserved': 'This name has a title of a higher tier. Write a name or title of your own tier.',
    forbidden: 'This account is not allowed to do that.',
    'outside-territory': 'This unit is outside your territory.',
    'foreign-origin': 'The request came from another site and was refused. Open the official link.',
    'not-found': 'Not found. It may have changed or been removed.',
    conflict: 'Somebody else was quicker. Look again, and repeat if you still want to.',
    'not-live': 'The briefing is not live.',
    'briefing-closed': 'The briefing has ended.',
    rehearsal: 'This belongs to a rehearsal: nothing official can be done with it.',
    'does-not-fit':
      'More units are expected than the running servers can carry. Give a reason to hold it all the same, or invite fewer.',
    'not-connected': 'None of this unit’s devices is in the briefing.',
    'hand-away':
      'Not invited: the unit’s device is not connected. It keeps its place; invite it again once it is back.',
    busy: 'This unit is already being called or speaking, or too many people are acting at once. Try again shortly.',
    'too-late': 'Its time is over, or it has been decided meanwhile; nothing more is recorded.',
    'wrong-proof': 'Those are not the two digits on the stage. Look again.',
    'too-many-tries': 'Too many attempts. If it is still needed, telephone the moderator.',
    'rate-limited': 'Too fast. Wait a few seconds and try again.',
    'too-large': 'This is too long.',
    'too-slow': 'The line was too slow, so not all of it arrived. Try again when the network is better.',
    unsupported: 'The server cannot read the content in this form.',
    'node-full': 'Too many people are connecting to this server. Try again shortly.',
    draining: 'The server is going into maintenance. Try again shortly.',
    'node-cut-off': 'Another server is cut off for the moment. Nothing was recorded; try again in a few seconds.',
    'store-unavailable':
      'The server cannot record anything right now. Nothing was recorded; try again in a few seconds.',
    'record-unwritable':
      'Nothing more can be recorded for the moment. Nothing was recorded; this device keeps answers and sends them again. Watching and listening go on.',
    internal: 'Something went wrong. Try again in a few seconds.',
  },
  network: 'No connection to the server. Check the network and try again.',
};
