export type { AskedNodes } from './overNodes.ts';
export { roomService, roomServiceAnswers } from './roomService.ts';
