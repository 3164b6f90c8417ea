import { setTimeout as wait } from 'node:timers/promises';
import type { Bots } from '../load/Bots.ts';
import { type AttackName, attacks } from './attacks/index.ts';
import { Child } from './Child.ts';
import type { AttackOrder, AttackReport, ServerState } from './protocol.ts';
import { type Heard, type Sound, soundBetween, stutter } from './sound.ts';
import type { Target } from './Target.ts';

/** What an attacker may take longer than its time, to get in and to let go, ms. */
const ATTACKER_MS = 40_000;

export interface Calm {
  readonly sound: Sound;
  readonly server: ServerUse;
}

/** What the server spent meanwhile. */
export interface ServerUse {
  /** Percent of a core. */
  readonly cpu: ServerState['cpu'];
  readonly lateMs: ServerState['lateMs'];
  readonly memoryMb: { readonly before: number; readonly after: number };
  /** What became of new connections to the page's port, as the server counts them. */
  readonly outcomes: Readonly<Record<string, number>>;
}

export interface Attacked extends Calm {
  readonly attack: AttackName;
  readonly what: string;
  /** What the attacker did and saw. */
  readonly attacker: AttackReport;
  /** Why the sound was not what it was in the calm. */
  readonly stutter: string | undefined;
  /** What the server still held of the attack when there was time enough to let go of it. */
  readonly left: { readonly connections: number; readonly participants: number; readonly afterMs: number };
}

/** Who is in the briefing under attack, and the server that serves it. */
export interface Scene {
  readonly target: Target;
  readonly speaker: Bots;
  readonly viewers: Bots;
  readonly seconds: number;
}

async function listen({ speaker, viewers }: Scene): Promise<Heard> {
  return { speaker: await speaker.snapshot(), viewers: await viewers.snapshot() };
}

/** @param meanwhile lasts as long as the measure */
async function during<T>(scene: Scene, meanwhile: () => Promise<T>): Promise<[Calm, T, ServerState]> {
  const before = { state: await scene.target.state(), heard: await listen(scene) };
  const result = await meanwhile();
  const after = { heard: await listen(scene), state: await scene.target.state() };
  const sound = soundBetween(before.heard, after.heard);
  return [{ sound, server: useBetween(before.state, after.state) }, result, before.state];
}

export async function measureCalm(scene: Scene): Promise<Calm> {
  const [calm] = await during(scene, () => wait(scene.seconds * 1_000));
  return calm;
}

/** @param own takes what is to be ended if the flood is stopped meanwhile */
export async function measureAttack(
  scene: Scene,
  calm: Calm,
  attack: AttackName,
  own: <C extends { close(): Promise<unknown> }>(child: C) => C,
): Promise<Attacked> {
  const { target, seconds } = scene;
  // A real attacker has cores of their own: ours takes from the server, and from who listens, no more than is left over.
  const attacker = own(Child.start('attack.process.ts', { isLast: true }));
  const order: AttackOrder = { name: attack, seconds, place: target.place };
  const [measured, report, before] = await during(scene, () =>
    attacker.ask<AttackReport>(order, seconds * 1_000 + ATTACKER_MS),
  );
  await attacker.close();
  return {
    ...measured,
    attack,
    what: attacks[attack].what,
    attacker: report,
    stutter: stutter(calm.sound, measured.sound),
    left: await target.gone(before),
  };
}

function useBetween(before: ServerState, after: ServerState): ServerUse {
  const seconds = (after.at - before.at) / 1_000;
  const percent = (of: keyof ServerState['cpu']): number => (100 * (after.cpu[of] - before.cpu[of])) / seconds;
  const grown = Object.entries(after.outcomes).map(([name, n]) => [name, n - (before.outcomes[name] ?? 0)] as const);
  return {
    cpu: { node: percent('node'), workers: percent('workers'), rest: percent('rest') },
    lateMs: after.lateMs,
    memoryMb: { before: before.memoryMb.all, after: after.memoryMb.all },
    outcomes: Object.fromEntries(grown.filter(([, n]) => n > 0)),
  };
}
