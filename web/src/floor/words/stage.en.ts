import type { StageWords } from './stage.vi.ts';

export const en: StageWords = {
  waitingPicture: 'Loading the picture…',
  pictureWeak: 'Picture paused: the connection here is weak.',
  soundGoesOn: 'Sound continues.',
  noCamera: {
    denied: 'Camera not allowed: sound only',
    missing: 'No camera: sound only',
    failed: 'Camera did not open: sound only',
    unknown: 'No picture yet: sound only',
  },
  noDevices: {
    denied: 'Camera and microphone not allowed',
    missing: 'No camera and no microphone',
    failed: 'Camera and microphone did not open',
    unknown: 'No picture and no sound yet',
  },
  content: 'What is being shown',
  runningItem: 'Current agenda item',
  noContent: 'Waiting for what is shown…',
};
