import { isAway } from '../../../src/protocol/errors.ts';
import type { Chance } from './Chance.ts';
import type { Place } from './Faults.ts';
import { briefingIds, ROOT } from './land.ts';
import { isWell } from './observe.ts';
import { type SimNode, whoRequest } from './SimNode.ts';
import type { SimPostgres } from './SimPostgres.ts';
import type { VirtualTime } from './VirtualTime.ts';
import { Witness } from './Witness.ts';

interface Workplace {
  readonly time: VirtualTime;
  readonly places: readonly Place[];
  readonly postgres: SimPostgres;
  readonly notes: Witness;
  failed(error: unknown): void;
}

/** calm: nothing ends any more. quiet: nothing begins. */
export type Mood = 'busy' | 'calm' | 'quiet';

/** What nodes do by themselves: they ask each other, claim and release, act on briefings and say so. */
export class Work {
  readonly #world: Workplace;
  readonly #chance: Chance;
  mood: Mood = 'busy';

  constructor(world: Workplace, chance: Chance) {
    this.#world = world;
    this.#chance = chance;
  }

  /** What a node does by itself, until its process is dead. */
  start(node: SimNode): void {
    const plan = () => this.#world.time.after(this.#chance.between(100, 1_500), act, node.process);
    const act = () => {
      if (this.mood === 'quiet') return;
      this.#act(node).catch((error: unknown) => {
        if (!isAway(error)) this.#world.failed(error);
      });
      plan();
    };
    plan();
  }

  async #act(node: SimNode): Promise<void> {
    const id = this.#chance.one(briefingIds);
    switch (Math.floor(this.#chance.between(0, 7))) {
      case 0:
      case 1:
        return this.#ask(node);
      case 2:
        if (this.mood === 'busy') await node.carriers.release(id);
        return;
      case 3: {
        if (!this.#world.postgres.briefings.has(id)) return this.mood === 'busy' ? this.#open(node, id) : undefined;
        const close = this.mood === 'busy' && id === briefingIds[1] && this.#chance.is(0.3);
        const briefing = await node.postgres.advance(id, close);
        if (!briefing) return;
        node.briefings.apply(briefing);
        node.tellBriefing(briefing);
        return;
      }
      case 4:
        node.figures.committed(await node.postgres.recordFigures(this.#chance));
        return;
      case 5: {
        const stage = await node.postgres.show(id);
        if (stage) node.stages.commit(stage);
        return;
      }
      default:
        await node.carriers.claim(id);
    }
  }

  /** As whoever opens the doors: the room first, then the others are told. */
  async #open(node: SimNode, id: string): Promise<void> {
    const briefing = await node.postgres.open(id);
    node.briefings.apply(briefing);
    await node.keeper.open(id, ROOT);
    node.tellBriefing(briefing);
  }

  async #ask(node: SimNode): Promise<void> {
    const asked = this.#world.time.now;
    let answers: readonly string[];
    try {
      answers = await node.requests.all(whoRequest, null);
    } catch (error) {
      if (isAway(error)) this.#world.notes.counts.unanswered += 1;
      throw error;
    }
    const sure = this.#world.places.flatMap((place) => {
      const { node: other } = place;
      const isSure = other && other.joinedAt < asked && asked - place.wellSince > Witness.SURE_OF_MS && isWell(place);
      return isSure ? [other] : [];
    });
    this.#world.notes.answered(node, answers, sure);
  }
}
