export { logWorkerDeaths } from './logWorkerDeaths.ts';
export { sfuMetrics } from './metrics.ts';
export { Sfu, type SfuOptions, type TcpReach } from './Sfu.ts';
export { isOrphanWorker, mediaPlaces } from './worker/mediaPorts.ts';
export { SOCKET_BUFFER } from './worker/startWorker.ts';
