import type { StageWords } from './stage.vi.ts';

export const en: StageWords = {
  noCamera: 'No camera: sound only',
  noDevices: 'No camera and no microphone',
  content: 'What is being shown',
  noContent: 'Waiting for what is shown…',
};
