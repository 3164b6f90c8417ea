import { randomUUID } from 'node:crypto';
import { isAway } from '../../../src/protocol/errors.ts';
import type { Call } from '../../../src/protocol/floor.ts';
import type { Chance } from './Chance.ts';
import type { SimDevice } from './SimDevice.ts';
import type { SimNode } from './SimNode.ts';
import type { Witness } from './Witness.ts';
import type { Mood } from './Work.ts';

/** Refusals after which the same is asked again. */
const passing = new Set(['store-unavailable', 'node-cut-off', 'busy', 'rate-limited', 'not-found', 'internal']);

/** Somebody of a commune: takes calls, answers rounds, asks to speak. What they answer is kept until it is receipted. */
export class SeatHolder {
  readonly #device: SimDevice;
  readonly #chance: Chance;
  readonly #notes: Witness;
  /** By round: the key of the answer; null: there is nothing left to say. */
  readonly #outbox = new Map<string, string | null>();
  /** By directive, likewise. */
  readonly #follows = new Map<string, string | null>();

  constructor(device: SimDevice, chance: Chance, notes: Witness) {
    this.#device = device;
    this.#chance = chance;
    this.#notes = notes;
  }

  /** By what their node knows, since it would have told them. */
  act(mood: Mood): void {
    const { link } = this.#device;
    if (!link) return;
    if (mood !== 'quiet') this.#follow(link.node);
    this.#send();
    this.#acknowledge(mood);
    const isLost = mood === 'busy' && this.#chance.is(0.1);
    this.#device.line(isLost ? 'lost' : 'back');
    if (mood !== 'busy') return;
    if (this.#chance.is(0.1)) this.#device.ask('hand.raise', {});
    this.#answerInvitation(link.node);
    if (this.#chance.is(0.05)) this.#device.joinTwice();
  }

  /** What they are asked. */
  #follow({ floors, rounds }: SimNode): void {
    const { briefing, seat } = this.#device.actor;
    const call = floors.get(briefing)?.calls.find((c) => c.unit === seat.unit && c.state === 'ringing');
    if (call && this.#chance.is(0.6)) this.#take(call);
    for (const board of rounds.of(briefing))
      if (board.state !== 'closed' && board.asks(seat.unit)) this.#offer(board.round.id);
  }

  /** AK2: under one key until it has a receipt. */
  #acknowledge(mood: Mood): void {
    const { account, seat } = this.#device.actor;
    if (mood !== 'quiet')
      for (const id of this.#notes.directives)
        if (!this.#follows.has(id) && this.#chance.is(0.1)) this.#follows.set(id, randomUUID());
    for (const [id, key] of this.#follows) {
      if (key === null) continue;
      this.#device.request(
        ({ followActs }) =>
          followActs.act(account, id, { key, act: 'acknowledge', name: 'A', words: 'Đang làm', promised: null }),
        (done, error) => {
          if (!error || !isAway(error)) this.#follows.set(id, null);
          if (done) this.#notes.followed(id, seat.unit, key);
        },
      );
    }
  }

  #take({ id: call }: Call): void {
    const { actor } = this.#device;
    const act = this.#chance.is(0.8) ? 'call.accept' : 'call.refuse';
    this.#device.ask(act, act === 'call.refuse' ? { call, why: 'no' } : { call }, (answer) => {
      if ('ok' in answer && act === 'call.accept') this.#notes.accepted(call, actor.seat.identity);
    });
  }

  /** FL21 */
  #answerInvitation({ floors }: SimNode): void {
    const { briefing, seat } = this.#device.actor;
    const own = floors.get(briefing)?.speakers.find((s) => s.seat.identity === seat.identity);
    if (own?.invited?.declined !== false || !this.#chance.is(0.6)) return;
    this.#device.ask(this.#chance.is(0.8) ? 'stage.take' : 'stage.decline', {});
  }

  #offer(round: string): void {
    if (!this.#outbox.has(round) && this.#chance.is(0.3)) this.#outbox.set(round, randomUUID());
  }

  #send(): void {
    const { seat } = this.#device.actor;
    for (const [round, key] of this.#outbox) {
      if (key === null) continue;
      this.#device.ask('round.answer', { round, key, answerer: 'chair' }, (answer) => {
        const isOver = 'ok' in answer || !passing.has(answer.error.reason);
        if (isOver) this.#outbox.set(round, null);
        if ('ok' in answer) this.#notes.receipt(round, seat.unit);
      });
    }
  }
}
