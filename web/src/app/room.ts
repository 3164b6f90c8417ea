/** What loads while the devices are checked, by one name: each entry more costs a commune half a kilobyte. */
export { default as BriefingRoom } from './BriefingRoom.tsx';
export { default as DoorCalls } from './DoorCalls.tsx';
