import { setTimeout as sleep } from 'node:timers/promises';
import { Load } from './Load.mjs';

/**
 * Files that take more than a core of their own, or measure what a neighbour would disturb: nothing runs beside them. All others wait for timers and
 * packets most of the time and share the cores.
 */
const ALONE = [
  { file: /\/sfu\/churn\.test\.ts$/, why: 'as many joins, leaves and deaths at once as the cores can carry' },
  { file: /\/signalling\/churn\.test\.ts$/, why: 'as above, with whole clients' },
  { file: /\/stage\/(cut|stage)\.test\.ts$/, why: 'a stage of pictures: encoders and decoders of several pages' },
  { file: /\/reach\/onePort\.test\.ts$/, why: 'media by TCP alone, and Chromium on both ends' },
  { file: /\/floor\/(faceToFace|restart)\.test\.ts$/, why: 'pictures and tones of five pages' },
  { file: /\/conformance\/network\.test\.ts$/, why: 'a network that is cut and comes back' },
  {
    file: /\/e2e\/(balancer|calling|figureStage|firefox|glassToGlass|nodes|programme|screenShare|silentNode|slides|spotCall|stages)\.spec\.ts$/,
    why: 'pictures and tones of several pages, that have to move and to be heard',
  },
  {
    file: /\/e2e\/(pageWeight|sizes|wall|screenshots\w*)\.spec\.ts$/,
    why: 'what is printed, pages that are measured while they move, and pictures that are compared',
  },
];

/** Two of a kind run at once, and nothing else. */
const IN_PAIRS = [
  {
    file: /\/reach\/(poor\w+|communePage)\.test\.ts$/,
    why: 'a line of a given rate and loss with Chromium on both ends takes less than a core, and waits for it',
  },
  {
    file: /\/cluster\/failures\//,
    why: 'three whole nodes and their viewers take half a core; their leases and silences last as long as they last',
  },
];

/** Without a history of this machine these begin first, so that none of them is left over at the end. */
const LONG = new RegExp(
  `/(${[
    ...['tamper', 'migrations', 'backup', 'invitation'],
    ...[
      'figure/pulled',
      'refusal',
      'neverProduction',
      'versions',
      'pipes',
      'drain',
      'facts',
      'consent',
      'stage/return',
    ],
    ...['poorFigures', 'poorLine', 'stoodStill', 'startedAnew', 'killed', 'cluster/simulated'],
    ...['browser', 'h264', 'reconnect', 'roomService'],
  ].join('|')})\\.test\\.ts$`,
);

/** @returns seconds to reckon with for a file of which nothing is known */
export const likelySeconds = (file) => (LONG.test(file) ? 60 : 0);

export const isAlone = (file) => ALONE.some((rule) => rule.file.test(file));

/** Files that a stage has beside those of its lanes begin while the machine idles: one at each look, since a file computes most when it begins. */
const LOOK_MS = 3_000;
/** Above this a look finds no room, and the files that run have the machine for themselves. */
const BUSY = 0.6;

/**
 * Works through the files: those that can share the cores `atOnce` at a time, and more of them while the machine idles; then two by two, then one
 * by one, as the rules above say.
 * @param {string[]} files
 * @param {(file: string, place: string) => Promise<void>} work
 * @param {{ whileIdle?: number, load?: { look(): number }, lookMs?: number }} room `whileIdle`: how many more files while the machine idles
 */
export async function inLanes(files, atOnce, work, { whileIdle = 0, load = new Load(), lookMs = LOOK_MS } = {}) {
  const [shared, alone] = [[], []];
  const pairs = IN_PAIRS.map(() => []);
  for (const file of files)
    (isAlone(file) ? alone : (pairs[IN_PAIRS.findIndex((kind) => kind.file.test(file))] ?? shared)).push(file);
  let nr = 0;
  const next = (queue) => work(queue.shift(), `${++nr}/${files.length}`);
  const lane = async (queue) => {
    while (queue.length > 0) await next(queue);
  };
  const lanes = (queue, many) => Promise.all(Array.from({ length: many }, () => lane(queue)));

  const over = new AbortController();
  await Promise.all([lanes(shared, atOnce).finally(() => over.abort()), whereRoom(shared, over.signal)]);
  for (const kind of pairs) await lanes(kind, Math.min(2, atOnce));
  await lanes(alone, 1);

  async function whereRoom(queue, signal) {
    const beside = new Set();
    while (whileIdle > 0 && queue.length > 0 && !signal.aborted) {
      await sleep(lookMs, undefined, { signal }).catch(() => undefined);
      if (load.look() > BUSY || beside.size >= whileIdle || queue.length === 0) continue;
      const one = next(queue).finally(() => beside.delete(one));
      beside.add(one);
    }
    await Promise.all(beside);
  }
}
