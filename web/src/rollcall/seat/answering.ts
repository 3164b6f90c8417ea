/** What an answer is given by, and what became of it: one file, which loads after the picture. */
export { AnswerSheet, loadNumberField } from './AnswerSheet.tsx';
export { OutcomeSheet } from './OutcomeSheet.tsx';
