import type { QuestionTitle } from './title.vi.ts';

export const en: QuestionTitle = {
  title: 'Written questions',
  write: 'Write a question',
  book: 'Questions that your unit sent, and the answers',
};
