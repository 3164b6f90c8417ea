import type { BriefingActor } from '../../../src/domain/shared/actor.ts';
import type { Chance } from './Chance.ts';
import type { Place } from './Faults.ts';
import type { Answer, SimSocket } from './SimDoor.ts';
import type { SimNode } from './SimNode.ts';
import type { VirtualTime } from './VirtualTime.ts';

/** A device that hears nothing gives its node up. */
const PATIENCE_MS = 4_000;

interface Link {
  readonly node: SimNode;
  readonly socket: SimSocket;
  readonly since: number;
}

interface Surroundings {
  readonly time: VirtualTime;
  readonly places: readonly Place[];
}

/** Somebody's device: it is at one node, goes to another when that one ends or is silent, and asks by what line it has. */
export class SimDevice {
  readonly actor: BriefingActor;
  readonly #world: Surroundings;
  readonly #chance: Chance;
  link: Link | undefined;
  #tries = 0;
  /** Of its node, since when nothing was heard. */
  #silentSince: number | undefined;

  constructor(actor: BriefingActor, world: Surroundings, chance: Chance) {
    this.actor = actor;
    this.#world = world;
    this.#chance = chance;
  }

  /** Looks after its line, again and again. @returns whether it has one */
  keepLine(): boolean {
    const { time } = this.#world;
    const { link } = this;
    if (!link) return false;
    if (link.node.process.state === 'runs') this.#silentSince = undefined;
    else this.#silentSince ??= time.now;
    if (this.#silentSince === undefined || time.now - this.#silentSince < PATIENCE_MS) return true;
    this.leave();
    return false;
  }

  /** Gives the line up; its node learns it when it can. */
  leave(): void {
    const { link } = this;
    this.link = this.#silentSince = undefined;
    if (link) this.#world.time.after(this.#delay(), () => link.socket.close(), link.node.process);
  }

  connect(): void {
    const { node } = this.#chance.one(this.#world.places);
    if (!node || node.process.state === 'dead') return;
    const { time } = this.#world;
    const nr = ++this.#tries;
    time.after(this.#delay(), () => void this.#enter(node, nr), node.process);
  }

  async #enter(node: SimNode, nr: number): Promise<void> {
    const { time } = this.#world;
    const socket: SimSocket | undefined = await node.door.open(this.actor, () => {
      time.later(this.#delay(), () => {
        if (this.link?.socket === socket) this.link = undefined;
      });
    });
    if (!socket) return;
    // It has gone elsewhere meanwhile.
    if (nr !== this.#tries || this.link) return socket.close();
    this.link = { node, socket, since: time.now };
    this.#silentSince = undefined;
    if (this.#chance.is(0.8)) node.hall.joined(this.actor.briefing, this.actor.seat);
  }

  /** @param heard told if an answer comes, by the line that it was asked on */
  ask(act: string, ask: unknown, heard: (answer: Answer) => void = () => undefined): void {
    const { link } = this;
    if (!link) return;
    const { time } = this.#world;
    const ack = (answer: Answer) =>
      time.later(this.#delay(), () => {
        if (this.link === link) heard(answer);
      });
    time.after(this.#delay(), () => link.socket.act(act, ask, ack), link.node.process);
  }

  /**
   * What goes over HTTP, to the node that its order channel is at. @param heard told with the refusal if there is one;
   * not at all where the node is gone meanwhile
   */
  request<T>(what: (node: SimNode) => Promise<T>, heard: (done: T | undefined, error?: unknown) => void): void {
    const { link } = this;
    if (!link) return;
    const { time } = this.#world;
    const answer = (done: T | undefined, error?: unknown) => time.later(this.#delay(), () => heard(done, error));
    time.after(
      this.#delay(),
      () =>
        void what(link.node).then(
          (done) => answer(done),
          (error: unknown) => answer(undefined, error),
        ),
      link.node.process,
    );
  }

  /** Another page of the same device joins media as well, wherever it gets in. */
  joinTwice(): void {
    const { node } = this.#chance.one(this.#world.places);
    const { briefing, seat } = this.actor;
    const join = () => node?.floors.get(briefing) && node.hall.joined(briefing, seat);
    if (node) this.#world.time.after(this.#delay(), join, node.process);
  }

  /** How the line of its media is. */
  line(line: 'lost' | 'back'): void {
    const { link, actor } = this;
    const tell = () => link?.node.hall.line(actor.briefing, actor.seat.identity, line);
    if (link) this.#world.time.after(0, tell, link.node.process);
  }

  #delay(): number {
    return 1 + this.#chance.random() * 30;
  }
}
