export { reportSfu } from './report.ts';
export { Sfu, type SfuOptions } from './Sfu.ts';
