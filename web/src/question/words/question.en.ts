import { LONGEST_QUESTION } from '../../api/contract.ts';
import { plural } from '../../i18n/plural.ts';
import type { QuestionWords } from './question.vi.ts';

export const en: QuestionWords = {
  hint: 'Each unit may have one question pending. Once answered, every unit can read it.',
  another: 'Write another question',
  label: 'Your unit’s question',
  left: (number) => `${plural(number, 'character')} left`,
  most: `At most ${LONGEST_QUESTION} characters.`,
  send: 'Send the question',
  saveChange: 'Send the new text',
  cancel: 'Cancel',
  change: 'Change',
  withdraw: 'Withdraw',
  withdrawTitle: 'Withdraw this question?',
  withdrawBody:
    'It will no longer be pending. The record of the briefing will still show that your unit sent and withdrew it.',
  keep: 'Keep it',
  sending: 'Sending. If the connection drops, this device sends it again by itself.',
  refused: 'The question was not recorded',
  read: 'I have read this',
  state: {
    sent: (desk) => (desk ? `Sent; ${desk} has not looked at it yet` : 'Sent'),
    passed: (desk) => (desk ? `Passed up to ${desk}` : 'Passed up'),
    chosen: 'It will be answered',
    answered: 'Answered',
    declined: (why) => `Declined: ${why}`,
    withdrawn: 'Withdrawn by your unit',
  },
  joined: 'Merged with another unit’s question on the same matter.',
  changeable: 'You can change or withdraw it until somebody has decided on it.',
  sentAt: (time) => `Sent at ${time}`,
  onAir: (time, by) => `${by} answered on air at ${time}`,
  inWriting: (by, time) => `${by} answered in writing at ${time}`,
  answeredOnes: (count) => `Answered questions (${count})`,
  answeredIn: (briefing, date, count) => `Answered questions (${count}): ${briefing}, ${date}`,
  others: (count) => `${count} more on the same matter`,
  earlier: 'Earlier questions of your unit',
  bookNone: 'Your unit has not sent a question yet.',
  rehearsal: 'Rehearsal',
  failed: 'This could not be loaded yet. Trying again.',
  announce: (state) => `Your unit’s question: ${state}`,
};
