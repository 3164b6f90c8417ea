import type { StageWords } from './stage.vi.ts';

export const en: StageWords = {
  waitingPicture: 'Loading the picture…',
  pictureWeak: 'Picture paused: the connection here is weak.',
  soundGoesOn: 'Sound continues.',
  noCamera: 'No camera: sound only',
  noDevices: 'No camera and no microphone',
  mirror: 'See yourself as in a mirror',
  content: 'What is being shown',
  runningItem: 'Current agenda item',
  noContent: 'Waiting for what is shown…',
};
