export { type RoomServiceOptions, roomService } from './roomService.ts';
