import { defineWords, type Shape } from '../../i18n/words.ts';

const vi = {
  title: 'Câu hỏi bằng văn bản',
  write: 'Viết câu hỏi',
  book: 'Câu hỏi và câu trả lời',
};

export type QuestionTitle = Shape<typeof vi>;
/** The few words of questions that come with the page itself. */
export const questionTitle = defineWords(vi, () => import('./title.en.ts'));
