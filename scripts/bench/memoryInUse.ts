import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

setFlagsFromString('--expose-gc');
/** The first call may leave what its finalizers free. */
export const collect: () => void = runInNewContext('gc');

/** Heap and buffers of this process, bytes. */
export function memoryInUse(): number {
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}
