import type { Attacked, Calm } from './measure.ts';
import { isDeaf } from './sound.ts';

const listed = (counts: Readonly<Record<string, number>>): string =>
  Object.entries(counts)
    .map(([what, n]) => `${what} ${n}`)
    .join(', ') || 'nothing';

function told({ sound, server }: Calm): string[] {
  const { cpu, lateMs, memoryMb } = server;
  return [
    `  sound     ${sound.packets} packets to ${sound.viewers} viewers, ${(100 * sound.loss).toFixed(2)} % lost, ${(100 * sound.late).toFixed(2)} % late; longest pause ${sound.longestPauseMs.toFixed(0)} ms; bots late by themselves by up to ${sound.botsLateMs.toFixed(0)} ms`,
    `  server    node ${cpu.node.toFixed(1)} %, workers ${cpu.workers.toFixed(1)} %, the rest ${cpu.rest.toFixed(1)} % of a core; timers late by p99 ${lateMs.p99.toFixed(1)} ms, at most ${lateMs.max.toFixed(1)} ms; memory ${memoryMb.before.toFixed(0)} MB, then ${memoryMb.after.toFixed(0)} MB`,
  ];
}

export const tellCalm = (calm: Calm): string => ['calm', ...told(calm)].join('\n');

export function tellAttacked(attacked: Attacked): string {
  const { attack, what, attacker, server, sound, left, stutter } = attacked;
  const heard = isDeaf(sound) ? ', as far as bots can tell that were late by themselves: run it again' : '';
  const rest = `${left.connections} connections and ${left.participants} participants`;
  return [
    '',
    `${attack}: ${what}`,
    `  attacker  ${listed(attacker)}`,
    `  port      ${listed(server.outcomes)}`,
    ...told(attacked),
    `  after     ${isLeft(attacked) ? `LEFT: ${rest}, after ${(left.afterMs / 1_000).toFixed(0)} s` : `all gone within ${(left.afterMs / 1_000).toFixed(1)} s`}`,
    `  verdict   ${stutter === undefined ? `the sound did not stutter${heard}` : `STUTTERED: ${stutter}`}`,
  ].join('\n');
}

const isLeft = ({ left }: Attacked): boolean => left.connections + left.participants > 0;

/** Whether the server stood it: the sound was what it was, and nothing of the attack is left. */
export const stood = (attacked: Attacked): boolean => attacked.stutter === undefined && !isLeft(attacked);
