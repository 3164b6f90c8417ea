import { type Filled, LONG_MS } from './figureBench.ts';
import type { Beside } from './figureFill.ts';
import type { Reads } from './figureReads.ts';
import type { Staged } from './figureStageCost.ts';
import type { Upkeep } from './figureUpkeep.ts';
import type { Watched } from './figureWatch.ts';

const whole = Math.round;

export function sayWatched(
  units: number,
  { recordMs, tickMs, watchers, maps, mapMs, pauseMs, workMs }: Watched,
): string {
  const lines = [
    `an hour of ${units} rows: on record p50 ${recordMs.p50} ms, p95 ${recordMs.p95} ms`,
    `  the server paused for ${pauseMs} ms at most; at one stretch it had a core for ${workMs} ms at most`,
    `  at ${watchers} watchers p50 ${tickMs.p50} ms, p95 ${tickMs.p95} ms`,
  ];
  if (maps > 0) lines.push(`  on ${maps} maps in Chromium p50 ${mapMs.p50} ms, p95 ${mapMs.p95} ms`);
  return lines.join('\n');
}

export function sayFilled(asked: number, of: Filled): string {
  const { rows, seconds, copySeconds, ratio, blockedMs, longBatches, batches, rowBytes } = of;
  const lines = [
    `${rows} rows: ${seconds} s, COPY ${copySeconds} s, ratio ${ratio}; ${rowBytes} bytes each with their indexes`,
    `  blocked ${blockedMs} ms at most; longer than ${LONG_MS} ms in ${longBatches} of ${batches} batches`,
  ];
  if (rows < asked) lines.push(`  of ${asked}: the time for them was over`);
  return lines.join('\n');
}

export function sayReads(reads: Reads): string {
  const { indicators, startMs, coldStartMs, periods, periodBytes, frames, frameMs, frameBytes } = reads;
  const { mapMs, pastMs, coldPastMs, again } = reads;
  return [
    `start with ${indicators} figures ${whole(startMs)} ms, by rows ${whole(coldStartMs)} ms`,
    `  which hold ${whole((periods * periodBytes) / 1e6)} MB: ${periods} periods of ${whole(periodBytes / 1_000)} kB`,
    frames > 0
      ? `${frames} frames of ${whole(frameBytes / 1_000)} kB, each made in ${frameMs} ms`
      : 'no frame is wanted',
    `map p50 ${mapMs.p50} ms, p95 ${mapMs.p95} ms`,
    `of the past p50 ${pastMs.p50} ms, p95 ${pastMs.p95} ms; by rows p50 ${coldPastMs.p50} ms, p95 ${coldPastMs.p95} ms`,
    ...(again ? [sayAgain(again, pastMs)] : []),
  ].join('\n');
}

const sayAgain = ({ times, periods, pastMs, rows }: NonNullable<Reads['again']>, once: Reads['pastMs']): string =>
  `  of one that was sent again ${times} times, with ${periods - 1} before it: ${rows} rows, p50 ${pastMs.p50} ms, p95 ${pastMs.p95} ms, ` +
  `${(pastMs.p50 / once.p50).toFixed(2)} times the one that was sent once`;

export const sayUpkeep = ({ rows, savedBytes, backup, verification, column, constraint, index, copied }: Upkeep) =>
  [
    `by ${rows} rows, a million take ${savedBytes} MB in a backup; backup ${backup} s, verification ${verification} s`,
    `  migrations: a column ${column} s, a constraint ${constraint} s, an index ${index} s, all anew ${copied} s`,
  ].join('\n');

export function sayBeside({ devices, rows, seconds, alone, beside, unpaced }: Beside): string {
  const receipts = ({ rounds, p50, p95, p99 }: Beside['alone']) =>
    `p50 ${p50} ms, p95 ${p95} ms, p99 ${p99} ms (${rounds} rounds)`;
  return [
    `receipts of ${devices} devices within a second: ${receipts(alone)}`,
    `  while ${rows} rows are filled in, in ${seconds} s: ${receipts(beside)}`,
    `  as many by a back-fill that makes no way, in ${unpaced.seconds} s: ${receipts(unpaced.beside)}`,
  ].join('\n');
}

export const sayStaged = ({ devices, ticks, bytes, ours, alone, ratio, batches }: Staged): string =>
  [
    `a stage of figures told to ${devices} devices, ${ticks} times ${bytes} bytes: CPU ${ours} s, socket.io alone`,
    `  ${alone} s, ratio ${ratio}; the batches themselves ${batches} s`,
  ].join('\n');
