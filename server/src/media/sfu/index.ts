export { Sfu, type SfuOptions } from './Sfu.ts';
