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
  { file: /\/cluster\/failures\//, why: 'three whole nodes, with viewers who count for how long they had no picture' },
  { file: /\/conformance\/network\.test\.ts$/, why: 'a network that is cut and comes back' },
  {
    file: /\/e2e\/(calling|figureStage|firefox|glassToGlass|nodes|programme|screenShare|silentNode|slides|spotCall|stages)\.spec\.ts$/,
    why: 'pictures and tones of several pages, that have to move and to be heard',
  },
  {
    file: /\/e2e\/(pageWeight|wall|screenshots\w*)\.spec\.ts$/,
    why: 'what is printed, and pictures that are compared',
  },
];

/** Two of these run at once: a line of a given rate and loss with Chromium on both ends takes less than a core, and waits for it. */
const IN_PAIRS = /\/reach\/(poor\w+|communePage)\.test\.ts$/;

/** Without a history of this machine these begin first, so that none of them is left over at the end. */
const LONG = /\/(tamper|backup|migrations|refusal|neverProduction|browser|killed|cluster\/simulated)\.test\.ts$/;

/** @returns seconds to reckon with for a file of which nothing is known */
export const likelySeconds = (file) => (LONG.test(file) ? 60 : 0);

export const isAlone = (file) => ALONE.some((rule) => rule.file.test(file));

/**
 * Works through the files: those that can share the cores `atOnce` at a time, then two by two, then one by one, as the rules above say.
 * @param {string[]} files
 * @param {(file: string, place: string) => Promise<void>} work
 */
export async function inLanes(files, atOnce, work) {
  const [shared, pairs, alone] = [[], [], []];
  for (const file of files) (isAlone(file) ? alone : IN_PAIRS.test(file) ? pairs : shared).push(file);
  let nr = 0;
  for (const [queue, lanes] of [
    [shared, atOnce],
    [pairs, Math.min(2, atOnce)],
    [alone, 1],
  ]) {
    const lane = async () => {
      for (let file = queue.shift(); file !== undefined; file = queue.shift())
        await work(file, `${++nr}/${files.length}`);
    };
    await Promise.all(Array.from({ length: lanes }, lane));
  }
}
