import { randomUUID } from 'node:crypto';
import { type IssueDirective, issueDirectiveSchema } from '../../../src/protocol/directive.ts';
import { DomainError, isAway } from '../../../src/protocol/errors.ts';
import type { Chance } from './Chance.ts';
import { communePeople, expectedIn } from './land.ts';
import type { SimDevice } from './SimDevice.ts';
import type { Witness } from './Witness.ts';
import type { Mood } from './Work.ts';

/** Who calls units, opens and moves rounds, and places people on stage. */
export class Official {
  readonly #device: SimDevice;
  readonly #chance: Chance;
  readonly #notes: Witness;
  /** Not known to be issued. */
  #draft: IssueDirective | undefined;

  constructor(device: SimDevice, chance: Chance, notes: Witness) {
    this.#device = device;
    this.#chance = chance;
    this.#notes = notes;
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
      () => ask('seat.timer', { identity, minutes: chance.is(0.7) ? 3 : null }),
      () => this.#openRound(round?.closedAt === null),
      () => round && ask('round.extend', { round: round.id, key: randomUUID(), seconds: 5 }),
      () => this.#issue(),
      () => this.#recall(),
      () => round && chance.is(0.3) && ask('round.close', { round: round.id, key: randomUUID() }),
    ])();
  }

  /** The same again under its key until it is known to be there. */
  #issue(): void {
    const { account } = this.#device.actor;
    const to = [this.#chance.one(communePeople), this.#chance.one(communePeople)].map(({ seat }) => seat.unit);
    this.#draft ??= issueDirectiveSchema.parse({
      key: randomUUID(),
      title: 'Chống dịch',
      text: 'Lập chốt.',
      addressees: { to },
    });
    const draft = this.#draft;
    this.#device.request(
      ({ directives }) => directives.issue(account, draft),
      (directive, error) => {
        if (error && isAway(error)) return;
        this.#draft = undefined;
        if (directive) this.#notes.issued(directive.id);
        else if (!(error instanceof DomainError)) this.#notes.wrong('a directive', `${error}`);
      },
    );
  }

  #recall(): void {
    const { account } = this.#device.actor;
    const id = this.#chance.one(this.#notes.directives);
    if (id === undefined) return;
    const recall = { key: randomUUID(), why: 'Đã có chỉ thị mới' };
    this.#device.request(
      ({ directives }) => directives.recall(account, id, recall),
      () => undefined,
    );
  }

  #openRound(isOpen: boolean): void {
    if (isOpen) return;
    const times = { seconds: 5, lateSeconds: this.#chance.is(0.5) ? 3 : 0, repromptSeconds: 5 };
    this.#device.ask('round.open', { key: randomUUID(), question: 'Có mặt?', scope: ['79'], ...times });
  }
}
