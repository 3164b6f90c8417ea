import type { Costs, Layer } from '../../server/src/domain/nodes/capacity/costs.ts';
import { provideMediaWorker } from '../measure/mediaWorker.ts';
import { Audience } from './Audience.ts';
import { type Coming, fit, foretell, type Run, type Taken, type Watching } from './costs.ts';
import { measureSends, thisMachine } from './machine.ts';

/** Audiences that the costs are fitted to, each of which watches one layer after the other. */
const SIZES = [60, 120, 180];
/** The last of them is what those who come next, and those who are there by then, watch meanwhile. */
const LAYERS: readonly Layer[] = ['medium', 'high', 'sound', 'low'];
/**
 * What the fit must foretell without having seen it: more viewers, and at another server two layers of a slower camera, and
 * then its sound alone.
 */
const LARGER = 300;
const SLOWER = {
  audience: [
    { viewers: 60, layer: 'low' },
    { viewers: 240, layer: 'medium' },
  ],
  pace: 0.6,
} as const;
const HOLD_MS = 6_000;
const HELD_OUT_MS = 8_000;

/** A run that the fit did not see. */
export interface Proof {
  readonly about: string;
  readonly foretold: Taken;
  readonly measured: Taken;
}

/**
 * Runs servers of our own on this machine with audiences of several sizes, and fits what their work costs.
 * @param join what one takes of the process of signalling, which is measured by `bench joins`
 */
export async function measure(
  join: Costs['join'],
  say: (line: string) => void,
): Promise<{ costs: Costs; proofs: readonly Proof[] }> {
  await provideMediaWorker();
  const sendNs = await measureSends();
  const { runs, comings, larger, silence } = await measureSizes(say);
  const fitted = fit({ machine: thisMachine(), at: new Date().toISOString(), sendNs, runs, comings, silence, join });
  for (const run of runs) say(`  ${about(run)}: ${compared(foretell(fitted, [run]).workerCores, run.workerCores)}`);
  const few: Proof = {
    about: `${LARGER} viewers, low`,
    foretold: foretell(fitted, [{ viewers: LARGER, layer: 'low' }]),
    measured: larger,
  };
  const { audience, pace } = SLOWER;
  const { slow, deaf } = await measureSlower();
  const slower: Proof = {
    about: `${audience.map(about).join(' and ')}, at another server, of a camera that sends ${pace} of the frames`,
    foretold: foretell(fitted, audience, pace),
    measured: slow,
  };
  const heard = audience.map(({ viewers }) => ({ viewers, layer: 'sound' as const }));
  const sound: Proof = {
    about: `${LARGER} viewers, sound alone, at the same server`,
    foretold: foretell(fitted, heard, pace),
    measured: deaf,
  };
  const proofs = [few, slower, sound];
  return { costs: { ...fitted, worstError: Math.max(...proofs.map(errorOf)) }, proofs };
}

async function measureSizes(say: (line: string) => void) {
  const audience = await Audience.create();
  const [runs, comings]: [Run[], Coming[]] = [[], []];
  const joining = LAYERS.at(-1) as Layer;
  let viewers = 0;
  const come = async (upTo: number): Promise<void> => {
    comings.push(await audience.come(upTo - viewers, joining));
    viewers = upTo;
  };
  try {
    for (const size of SIZES) {
      await come(size);
      for (const layer of LAYERS) {
        await audience.watch(layer);
        const run = { viewers, layer, ...(await audience.hold(HOLD_MS)) };
        runs.push(run);
        say(told(run));
      }
    }
    await come(LARGER);
    const last = comings.pop() as Coming;
    const larger = { ...(await audience.hold(HELD_OUT_MS)), megabytes: last.megabytes };
    return { runs, comings, larger, silence: await audience.fallSilent(HOLD_MS) };
  } finally {
    await audience.close();
  }
}

async function measureSlower(): Promise<{ slow: Taken; deaf: Taken }> {
  const audience = await Audience.create(SLOWER.pace);
  try {
    let megabytes = 0;
    for (const { viewers, layer } of SLOWER.audience) ({ megabytes } = await audience.come(viewers, layer));
    const slow = { ...(await audience.hold(HELD_OUT_MS)), megabytes };
    await audience.watch('sound');
    return { slow, deaf: { ...(await audience.hold(HELD_OUT_MS)), megabytes } };
  } finally {
    await audience.close();
  }
}

const coresOf = ({ nodeCores, workerCores }: Taken): number => nodeCores + workerCores;
/** In cores, as a fraction of what was measured. */
const errorOf = ({ foretold, measured }: Proof): number => Math.abs(coresOf(foretold) / coresOf(measured) - 1);

const about = ({ viewers, layer }: Watching): string => `${viewers} viewers, ${layer}`;

function told(run: Run): string {
  const per = (cores: number): string => ((1e6 * cores) / run.viewers).toFixed(0);
  return (
    `${about(run)}: ${run.packetsPerSecond.toFixed(0)} packets in ${run.framesPerSecond.toFixed(0)} frames a second; a second of a viewer ` +
    `costs ${per(run.workerCores)} us in the worker and ${per(run.nodeCores)} us in signalling`
  );
}

/** @returns both, and by how much the first is off */
export const compared = (foretold: number, measured: number, digits = 3): string =>
  `foretold ${foretold.toFixed(digits)}, measured ${measured.toFixed(digits)}, off by ${(100 * (foretold / measured - 1)).toFixed(0)} %`;
