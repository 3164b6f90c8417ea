import {
  BODIES_MB,
  budgets,
  type PlannedEvent as Event,
  type NodeMachine as Machine,
  type Means,
  ofNode,
  type CapacitySetting as Setting,
  shortOf,
  useOf,
} from '../../server/src/domain/nodes/capacity/capacity.ts';
import { measuredOn, thisMachine } from './machine.ts';
import { type Plan, type Slot, timetable, withoutOne } from './plan.ts';

export const names: Record<Means, string> = {
  workers: 'cores of media workers',
  signalling: 'the core of signalling',
  line: 'Gbit/s',
  memory: 'memory',
  pipePorts: 'UDP ports between nodes (PIPE_PORTS)',
};

const percent = (part: number): string => `${(100 * part).toFixed(0)} %`;
const minutes = (seconds: number): string =>
  `${Math.floor(seconds / 60)}:${String(Math.floor(seconds % 60)).padStart(2, '0')}`;

/** The formula with the numbers that were put into it. */
export function formula({ costs, event }: Setting, { viewer }: Plan): string[] {
  const { room, peer, frameUs, packetUs, join } = costs;
  const { framesPerSecond: frames, packetsPerSecond: packets } = viewer;
  const thousand = (cores: number): string => `${(1e3 * cores).toFixed(2)} cores a thousand`;
  const second = event.stages > 1 ? ', and of good lines a second, small picture' : '';
  return [
    ...measuredOn(costs, thisMachine()),
    'formula       CPU a second = R for a speaker + viewers x (F + frames x S + packets x P), and J for each join',
    `a viewer      ${packets.toFixed(0)} packets in ${frames.toFixed(0)} frames a second, ${(viewer.bitsPerSecond / 1e6).toFixed(2)} Mbit/s with headers: ${percent(1 - event.weakShare)} with a picture of ${(event.main.bitrate / 1e6).toFixed(2)} Mbit/s, ${percent(event.weakShare)} with one of ${(event.low.bitrate / 1e6).toFixed(2)}${second}`,
    `workers       R ${(room.workerUs / 1e3).toFixed(1)} ms, F ${peer.workerUs.toFixed(0)} us, S ${frameUs.toFixed(1)} us, P ${packetUs.toFixed(1)} us: ${thousand(viewer.workerCores)} viewers; ${thousand(viewer.workerCoresSpread)} where cameras spread each frame, so that each packet is sent as one`,
    `signalling    R ${(room.nodeUs / 1e3).toFixed(1)} ms, F ${peer.nodeUs.toFixed(0)} us: ${thousand(viewer.nodeCores)}`,
    `a join        J ${join.nodeMs.toFixed(1)} ms for signalling, ${join.pageMs.toFixed(1)} ms there for its page (connections by TLS, files, session, /join, order channel), ${join.workerMs.toFixed(1)} ms in a worker`,
    `memory        ${ofNode(costs).toFixed(0)} MB a node, ${BODIES_MB} of them for bodies of requests, and ${viewer.memoryMb.toFixed(2)} MB a viewer`,
    `budgets       ${percent(budgets.workers)} of the workers' cores (all but one), ${percent(budgets.node)} of the core of signalling, ${percent(budgets.line)} of the line, ${percent(budgets.memory)} of the memory, ${percent(budgets.pipePorts)} of the ports between nodes`,
  ];
}

export function summary(plan: Plan, machine: Machine): string[] {
  const { cores, gbit, memoryGb } = machine;
  return [
    `viewers       ${plan.viewers}: ${plan.cores.toFixed(1)} cores, ${plan.gbit.toFixed(2)} Gbit/s, ${plan.memoryGb.toFixed(1)} GB in all`,
    `one node      of ${cores} cores, ${gbit} Gbit/s and ${memoryGb} GB carries ${plan.perNode}; ${names[plan.limit]} end first`,
    `nodes         ${plan.nodes}, one of them so that any may die`,
  ];
}

/** How that many nodes stand. @returns the sentences, and what is short */
export function standing(setting: Setting, plan: Plan, nodes: number) {
  const use = useOf(setting, plan.viewers / nodes, nodes);
  const short = shortOf(use);
  const of = (each: typeof use): string =>
    (Object.keys(names) as Means[]).map((means) => `${names[means]} ${percent(each[means])}`).join(', ');
  const lines = [`${nodes} nodes`.padEnd(14).concat(`use of their budgets: ${of(use)}`)];
  const dead = withoutOne(setting, plan, nodes);
  if (!dead) lines.push('one dies      nobody sees anything until it is back: there is no other');
  else
    lines.push(
      `one dies      ${Math.round(dead.moved)} viewers go to the others within ${Number.isFinite(dead.seconds) ? minutes(dead.seconds) : 'never'}; then ${of(dead.use)}`,
    );
  return { lines, short, shortWithoutOne: dead?.short ?? [], spare: dead !== undefined && dead.short.length === 0 };
}

export const shortage = (short: readonly Means[]): string => short.map((means) => names[means]).join(', ');

/** Provinces that are let in within the same minute stand in one line. */
export function doors(event: Event, rate: number): string[] {
  const waves = new Map<number, Slot[]>();
  for (const slot of timetable(event, rate)) {
    const minute = Math.floor(slot.from / 60);
    waves.set(minute, [...(waves.get(minute) ?? []), slot]);
  }
  return [...waves.values()].map((slots) => {
    const devices = slots.reduce((sum, slot) => sum + slot.devices, 0);
    const [first, last] = [slots[0] as Slot, slots.at(-1) as Slot];
    return `  ${minutes(first.from)} to ${minutes(last.to)}  ${String(devices).padStart(6)}  ${slots.map(({ name }) => name).join(', ')}`;
  });
}
