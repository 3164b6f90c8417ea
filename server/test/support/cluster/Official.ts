import { randomUUID } from 'node:crypto';
import type { Chance } from './Chance.ts';
import { communePeople, expectedIn } from './land.ts';
import type { SimDevice } from './SimDevice.ts';
import type { Mood } from './Work.ts';

/** Who calls units, opens and moves rounds, and places people on stage. */
export class Official {
  readonly #device: SimDevice;
  readonly #chance: Chance;

  constructor(device: SimDevice, chance: Chance) {
    this.#device = device;
    this.#chance = chance;
  }

  act(mood: Mood): void {
    const { link, actor } = this.#device;
    if (mood !== 'busy' || !link) return;
    const { briefing } = actor;
    const chance = this.#chance;
    const { floors, rounds } = link.node;
    const { unit } = chance.one(expectedIn(briefing));
    const identity = chance.one(communePeople.filter((other) => other.briefing === briefing)).seat.identity;
    const calls = floors.get(briefing)?.calls ?? [];
    const round = rounds.of(briefing).at(-1)?.round;
    const ask = (act: string, what: object) => this.#device.ask(act, what);
    chance.one([
      () => ask('call.start', { unit, seconds: 5 }),
      () => ask('call.start', { unit, seconds: 5 }),
      () => calls[0] && ask(chance.is(0.5) ? 'call.cancel' : 'call.end', { call: calls[0].id }),
      () => ask(chance.is(0.5) ? 'green.admit' : 'stage.promote', { identity }),
      () => ask('stage.demote', { identity, to: chance.is(0.5) ? 'green' : 'audience' }),
      () => ask('seat.mute', { identity, muted: chance.is(0.5) }),
      () => this.#openRound(round?.closedAt === null),
      () => round && ask('round.extend', { round: round.id, key: randomUUID(), seconds: 5 }),
      () => round && chance.is(0.3) && ask('round.close', { round: round.id, key: randomUUID() }),
    ])();
  }

  #openRound(isOpen: boolean): void {
    if (isOpen) return;
    const times = { seconds: 5, lateSeconds: this.#chance.is(0.5) ? 3 : 0, repromptSeconds: 5 };
    this.#device.ask('round.open', { key: randomUUID(), question: 'Có mặt?', scope: ['79'], ...times });
  }
}
