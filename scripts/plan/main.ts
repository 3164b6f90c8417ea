/** Says what an event will take: nodes, cores, Gbit/s, memory, and when each province is let in. */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { loadSfuConfig, parseSfuConfig, type SfuConfig } from '@dieu-hanh/sfu-config';
import { readConfig } from '../../server/src/config.ts';
import {
  type PlannedEvent as Event,
  joinsPerSecond,
  type NodeMachine as Machine,
  type CapacitySetting as Setting,
} from '../../server/src/domain/nodes/capacity/capacity.ts';
import { type Costs, costsSchema, WELL_FORETOLD } from '../../server/src/domain/nodes/capacity/costs.ts';
import { fitNodes as fit, type RegisteredNode as Registered } from '../../server/src/domain/nodes/capacity/fitNodes.ts';
import { ClusterClient } from '../node/ClusterClient.ts';
import { evenly, ofRoster, profiles, scaled } from './events.ts';
import { type MeasuredMachine, machineSchema, measureSends, raised, thisMachine } from './machine.ts';
import { compared, measure, type Proof } from './measure.ts';
import { limitLines, memoryLimits } from './memoryLimits.ts';
import { plan } from './plan.ts';
import { fitLines } from './registered.ts';
import { doors, formula, shortage, standing, summary } from './text.ts';

/** Unless it is set. */
const { JOINS_PER_SECOND, PIPE_PORTS } = readConfig({ DATA_DIR: '.' });
const pipePorts = PIPE_PORTS[1] - PIPE_PORTS[0] + 1;

const usage = `Says what an event will take: nodes, cores, Gbit/s, memory, and when each province is let in.

usage: npm run dh -- plan [--profile NAME | --roster FILE | --devices N [--provinces P]] [--media M] [--layer L]
                          [--weak F] [--stages S] [--cores C] [--gbit G] [--memory GB] [--joins J] [--pipe-ports U]
                          [--nodes N | --registered]
                          [--costs FILE] [--machine FILE] [--json]
       npm run dh -- plan --measure [--costs FILE]
       npm run dh -- plan --measure-machine FILE

  --profile    ${Object.entries(profiles)
    .map(([name, { about }]) => `${name}: ${about}`)
    .join('\n               ')}
  --roster     who is to come, as dh roster export writes it
  --devices    how many are to come, shared as the profile or roster is, or evenly among --provinces
  --media      whose bitrates are planned with: single or national of sfu-config (default national), or the file of
               SFU_CONFIG when that is set
  --layer      the large picture: low, medium or high, the highest there is (default high)
  --weak       fraction of devices on lines that carry the lowest layer alone (default 0.2)
  --stages     rooms that are on at one time; more than one shows each viewer a second, small picture (default 1)
  --cores      of one node's machine (default 8), its line in Gbit/s (--gbit, default 10) and its memory in GB (--memory,
               default 32)
  --joins      that a node lets in, a second: its JOINS_PER_SECOND (default ${JOINS_PER_SECOND})
  --pipe-ports UDP ports of a node for media to and from the others: how many its PIPE_PORTS are (default ${pipePorts})
  --nodes      how many there are: says whether the event fits them, also when one dies, and ends with 1 when either
               is not so (2: what was asked is wrong)
  --registered the nodes that run now, each with the cores and the line that it says it has (a line that nobody has set
               is --gbit); ends with 1 and says what is short when the event does not fit them, also when one dies. To be run where a node runs
  --measure    measures what the work costs on this machine, some 5 min with little else running, and how well that foretells
               three runs that it was not fitted to: of more viewers, of two layers of a slower camera, and of its sound
  --measure-machine  writes into FILE what this machine is, and how fast its kernel sends: some 3 s. Once on a node's machine, before
               a plan for it is believed
  --machine    the file that --measure-machine wrote on a node's machine; without it costs are rounded up by their worst error
  --costs      where the measured costs lie (default server/src/domain/nodes/capacity/costs.json)
  --json       print the result as JSON

Costs are CPU a second = R of a room with one speaker + viewers x (F + frames x S + packets x P), and J for each join, with what its page
asks of the same node (dh bench joins --costs FILE measures that). They were measured over loopback, which hides what a network card and
its driver cost; a machine of another make needs --measure of its own.`;

const COSTS = join(import.meta.dirname, '../../server/src/domain/nodes/capacity/costs.json');
const { values } = parseArgs({
  options: {
    profile: { type: 'string' },
    roster: { type: 'string' },
    devices: { type: 'string' },
    provinces: { type: 'string', default: '1' },
    media: { type: 'string', default: 'national' },
    layer: { type: 'string', default: 'high' },
    weak: { type: 'string', default: '0.2' },
    stages: { type: 'string', default: '1' },
    cores: { type: 'string', default: '8' },
    gbit: { type: 'string', default: '10' },
    memory: { type: 'string', default: '32' },
    joins: { type: 'string', default: `${JOINS_PER_SECOND}` },
    'pipe-ports': { type: 'string', default: `${pipePorts}` },
    nodes: { type: 'string' },
    registered: { type: 'boolean', default: false },
    costs: { type: 'string', default: COSTS },
    measure: { type: 'boolean', default: false },
    'measure-machine': { type: 'string' },
    machine: { type: 'string' },
    json: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});

/** @throws Error that names the option */
function number(
  name: 'devices' | 'provinces' | 'weak' | 'stages' | 'cores' | 'gbit' | 'memory' | 'joins' | 'pipe-ports' | 'nodes',
  least: number,
) {
  const value = Number(values[name]);
  if (!(value >= least && Number.isFinite(value))) throw new Error(`--${name} must be a number of at least ${least}`);
  return value;
}

async function provinces(): Promise<Event['provinces']> {
  const { profile, roster, devices } = values;
  const known = async (): Promise<Event['provinces']> => {
    if (roster !== undefined) return ofRoster(roster);
    if (profile === undefined && devices !== undefined) return evenly(number('devices', 1), number('provinces', 1));
    const chosen = profiles[profile ?? '2594'];
    if (!chosen) throw new Error(`--profile is one of ${Object.keys(profiles).join(', ')}`);
    return chosen.provinces();
  };
  return devices === undefined ? known() : scaled(await known(), number('devices', 1));
}

function media(): SfuConfig {
  if (process.env.SFU_CONFIG !== undefined) return loadSfuConfig(process.env.SFU_CONFIG);
  return parseSfuConfig({ profile: values.media });
}

async function readEvent(): Promise<Event> {
  const { layer } = values;
  if (layer !== 'low' && layer !== 'medium' && layer !== 'high') throw new Error('--layer is low, medium or high');
  const { camera } = media().simulcast;
  const low = camera[0];
  const main = { low, medium: camera[1] ?? low, high: camera.at(-1) }[layer];
  if (!low || !main) throw new Error('sfu-config names no layers of a camera');
  const weakShare = number('weak', 0);
  if (weakShare > 1) throw new Error('--weak is a fraction, at most 1');
  return {
    provinces: await provinces(),
    ...{ main: { layer, ...main }, low, weakShare, stages: number('stages', 1) },
  };
}

/** What was measured before, by this command and others. @throws Error that says what to do */
async function readCosts(path: string): Promise<Costs> {
  const { data, error } = costsSchema.safeParse(JSON.parse(await readFile(path, 'utf8')));
  if (error)
    throw new Error(`${path} is of another version: npm run dh -- plan --measure --costs ${path} writes it anew`);
  return data;
}

async function takeMeasure(): Promise<void> {
  const before = await readCosts(values.costs).catch(() => readCosts(COSTS));
  const { costs, proofs } = await measure(before.join, console.log);
  await writeFile(values.costs, `${JSON.stringify(costs, undefined, 2)}\n`);
  const { room, peer, frameUs, packetUs, join } = costs;
  const us = (value: number): string => `${value.toFixed(1)} us`;
  console.log(
    `workers: R ${us(room.workerUs)}, F ${us(peer.workerUs)}, S ${us(frameUs)}, P ${us(packetUs)}, J ${join.workerMs.toFixed(1)} ms; ` +
      `signalling: R ${us(room.nodeUs)}, F ${us(peer.nodeUs)}`,
  );
  for (const proof of proofs) console.log(proven(proof));
  const { worstError } = costs;
  const isGood = worstError <= WELL_FORETOLD;
  console.log(
    `worst error ${(100 * worstError).toFixed(0)} %: ${isGood ? 'plans for a machine that was measured stand as they are' : 'every plan is rounded up by it'}`,
  );
}

async function takeMachine(path: string): Promise<void> {
  const found: MeasuredMachine = { machine: thisMachine(), sendNs: await measureSends(), at: new Date().toISOString() };
  await writeFile(path, `${JSON.stringify(found, undefined, 2)}\n`);
  console.log(`${found.machine}: ${found.sendNs.toFixed(0)} ns of CPU for a packet; written to ${path}`);
}

async function readMachine(): Promise<MeasuredMachine | undefined> {
  const { machine } = values;
  return machine === undefined ? undefined : machineSchema.parse(JSON.parse(await readFile(machine, 'utf8')));
}

function proven({ about, foretold, measured }: Proof): string {
  const cores = compared(foretold.nodeCores + foretold.workerCores, measured.nodeCores + measured.workerCores);
  const mbit = compared(foretold.bitsPerSecond / 1e6, measured.bitsPerSecond / 1e6, 1);
  return `not fitted to: ${about}: cores ${cores} (goal 15 %); Mbit/s ${mbit}; MB ${compared(foretold.megabytes, measured.megabytes, 0)}`;
}

async function tell(): Promise<void> {
  const plain = await readCosts(values.costs);
  const { costs, lines: why } = raised(plain, await readMachine());
  const event = await readEvent();
  const machine: Machine = {
    ...{ cores: number('cores', 2), gbit: number('gbit', 0.1), memoryGb: number('memory', 1) },
    pipePorts: number('pipe-ports', 1),
  };
  const setting = { costs, event, machine, joins: number('joins', 1) };
  if (values.registered) return tellRegistered(setting, why);
  const planned = plan(setting);
  const nodes = values.nodes === undefined ? planned.nodes : number('nodes', 1);
  const stand = standing(setting, planned, nodes);
  const rate = nodes * joinsPerSecond(setting, planned.viewers / nodes);
  const fits = stand.short.length === 0;
  // More viewers need more memory, so what they cost is not rounded up here.
  const limits = memoryLimits({ ...setting, costs: plain });
  if (!fits || !stand.spare) process.exitCode = 1;
  if (values.json)
    return console.log(
      JSON.stringify({ ...planned, ...stand, fits, limits, why, joinsPerSecondOfAll: rate, ...taken(costs) }),
    );
  const lines = [
    ...formula(setting, planned),
    ...why,
    ...summary(planned, machine),
    ...limitLines(limits),
    ...stand.lines,
  ];
  if (!fits) lines.push(`DOES NOT FIT  ${nodes} nodes: short of ${shortage(stand.short)}; ${planned.nodes} are needed`);
  else {
    if (nodes === 1) lines.push('NO SPARE      when it dies, there is no other');
    else if (!stand.spare)
      lines.push(`NO SPARE      when one dies, the others are short of ${shortage(stand.shortWithoutOne)}`);
    lines.push(
      `doors         ${rate.toFixed(0)} joins a second, from the opening of the doors:`,
      ...doors(event, rate),
    );
  }
  console.log(lines.join('\n'));
}

/** PL19 */
const taken = ({ machine, at }: Costs) => ({ measuredOn: machine, measuredAt: at, thisMachine: thisMachine() });

/** Whether it fits the nodes that are there. */
async function tellRegistered(setting: Setting, why: readonly string[]): Promise<void> {
  const found = fit(setting, await registeredNodes());
  if (found.missingWithoutLargest > 0) process.exitCode = 1;
  if (values.json)
    return console.log(JSON.stringify({ ...found, fits: found.missing === 0, why, ...taken(setting.costs) }));
  const lines = [...formula(setting, plan(setting)), ...why, ...fitLines(found)];
  if (found.missing === 0)
    lines.push(
      `doors         ${found.joinsPerSecond.toFixed(0)} joins a second, from the opening of the doors:`,
      ...doors(setting.event, found.joinsPerSecond),
    );
  console.log(lines.join('\n'));
}

async function registeredNodes(): Promise<Registered[]> {
  const cluster = await ClusterClient.create('dh plan');
  try {
    const nodes = await cluster.nodes();
    return nodes.flatMap(({ node, about }) => (about ? [{ node, ...about }] : []));
  } finally {
    await cluster.close();
  }
}

try {
  if (values.help) console.log(usage);
  else if (values['measure-machine'] !== undefined) await takeMachine(values['measure-machine']);
  else await (values.measure ? takeMeasure() : tell());
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 2;
}
