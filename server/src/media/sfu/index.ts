export { reportSfu } from './reportSfu.ts';
export { Sfu, type SfuOptions } from './Sfu.ts';
