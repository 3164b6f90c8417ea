import type { QuestionTitle } from './title.vi.ts';

export const en: QuestionTitle = {
  title: 'Written questions',
  write: 'Write a question',
  book: 'Questions and answers',
};
