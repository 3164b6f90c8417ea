import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { cpus } from 'node:os';
import { z } from 'zod';
import { type Costs, scaledCosts, WELL_FORETOLD } from '../../server/src/domain/nodes/capacity/costs.ts';

/** What a machine was found to be: two of one label may cost twice as much for the same work. */
export const machineSchema = z.strictObject({
  /** So many cores, of that make. */
  machine: z.string(),
  /** CPU nanoseconds of a packet that the kernel sends (`measureSends`). */
  sendNs: z.number().positive(),
  at: z.string(),
});
export type MeasuredMachine = z.output<typeof machineSchema>;

/** How measured costs name this machine: so many cores, of that make. */
export const thisMachine = (): string => `${cpus().length} cores, ${cpus()[0]?.model.trim() ?? 'unknown'}`;

const makeOf = (machine: string): string => machine.slice(machine.indexOf(', ') + 2);

const ROUNDS = 15;
const SENDS = 10_000;
const PACKET_BYTES = 1_100;

/**
 * CPU nanoseconds of one packet of 1,100 bytes through the kernel of this machine, over loopback to a socket that nobody
 * reads. CPU time counts, and of many rounds the cheapest, so that other work disturbs little; some two seconds.
 */
export async function measureSends(): Promise<number> {
  const [from, to] = [createSocket('udp4'), createSocket('udp4')];
  try {
    to.bind(0, '127.0.0.1');
    await once(to, 'listening');
    from.connect(to.address().port, '127.0.0.1');
    await once(from, 'connect');
    // The first one warms up the others.
    const rounds: number[] = [];
    for (let i = 0; i < ROUNDS; i++) rounds.push(await roundOf(from));
    return Math.min(...rounds.slice(1));
  } finally {
    from.close();
    to.close();
  }
}

/** @returns CPU nanoseconds a packet */
async function roundOf(socket: Socket): Promise<number> {
  const packet = Buffer.alloc(PACKET_BYTES);
  const before = process.cpuUsage();
  await new Promise<void>((done) => {
    let left = SENDS;
    const sent = (): void => {
      left--;
      if (left === 0) done();
    };
    for (let i = 0; i < SENDS; i++) socket.send(packet, sent);
  });
  const { user, system } = process.cpuUsage(before);
  return (1e3 * (user + system)) / SENDS;
}

/** By how much costs are raised before they are planned with, and why. */
export interface Raised {
  readonly costs: Costs;
  readonly lines: readonly string[];
}

/**
 * PL31: costs as they are on a machine that was measured; where it was not, or where the costs have foretold badly what they
 * were not fitted to, they are rounded up by the worst of those errors.
 */
export function raised(costs: Costs, machine: MeasuredMachine | undefined): Raised {
  const { sendNs, worstError } = costs;
  const isMeasured = machine !== undefined && sendNs !== undefined;
  const factor = isMeasured ? machine.sendNs / sendNs : 1;
  const isGood = worstError <= WELL_FORETOLD;
  const up = isMeasured && isGood ? 1 : 1 + worstError;
  const lines = isMeasured
    ? [
        `machine       ${machine.machine}, measured ${machine.at.slice(0, 16).replace('T', ' ')} UTC: a packet takes ${factor.toFixed(2)} times the CPU that it took where costs were measured`,
      ]
    : [
        machine
          ? 'machine       measured, but the costs were measured where nobody measured the machine: npm run dh -- plan --measure'
          : 'machine       NOT MEASURED: two of one label have differed by half; npm run dh -- plan --measure-machine FILE on it, and --machine FILE',
      ];
  if (up > 1)
    lines.push(
      `rounded up    by ${(100 * worstError).toFixed(0)} %, the worst error in cores of runs that the costs were not fitted to${isGood ? '' : ' (goal 15 %)'}`,
    );
  return { costs: scaledCosts(costs, factor * up), lines };
}

/** PL19: where the costs were measured, and, where that is a machine of another make, how to have those of this one. */
export function measuredOn({ machine, at }: Pick<Costs, 'machine' | 'at'>, here: string): string[] {
  const told = `measured on   ${machine}, ${at.slice(0, 16).replace('T', ' ')} UTC`;
  if (makeOf(machine) === makeOf(here)) return [told];
  return [
    told,
    `another make  this machine is ${makeOf(here)}, and a packet has cost 1.6 times as much on one make as on another: on a machine ` +
      'as your nodes are, `npm run dh -- plan --measure --costs mine.json` takes costs of its own in some 5 min, and `--costs mine.json` plans with them',
  ];
}
