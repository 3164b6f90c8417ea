export { sfuMetrics } from './metrics.ts';
export { Sfu, type SfuOptions } from './Sfu.ts';
