import { defineWords, type Shape } from '../../i18n/words.ts';

const vi = {
  output: 'Phát tiếng ra',
  usual: 'Mặc định của máy',
  blur: 'Làm mờ phía sau người ngồi',
  blurFailed: 'Trình duyệt chưa làm mờ được. Mọi người vẫn thấy phía sau.',
};

export type ChoicesWords = Shape<typeof vi>;
/** What may be chosen of a computer's devices, at the door and inside. */
export const choicesWords = defineWords(vi, () => import('./choices.en.ts'));
