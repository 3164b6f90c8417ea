import type { WaitingWords } from './waiting.vi.ts';

export const en: WaitingWords = {
  own: 'Picture and sound of this device',
  ownNote: 'Only this device sees and hears it. Nothing is sent yet.',
  title: 'What your unit may be asked',
  what: [
    ['Roll-call.', 'Choose who answers, then send; sometimes two digits in the picture have to be typed.'],
    ['A call to speak.', 'The device rings. Press “Answer the call” to speak.'],
    ['A directive.', 'Read it, then say that you have it and who carries it out.'],
  ],
};
