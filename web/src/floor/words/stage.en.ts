import type { StageWords } from './stage.vi.ts';

export const en: StageWords = {
  waitingPicture: 'Getting the picture…',
  pictureWeak: 'Picture paused: weak line. Sound goes on.',
  noCamera: 'No camera: sound only',
  noDevices: 'No camera and no microphone',
  content: 'What is being shown',
  runningItem: 'The agenda is at item',
  noContent: 'Waiting for what is shown…',
};
