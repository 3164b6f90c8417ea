import type { Chance } from './Chance.ts';
import type { Place } from './Faults.ts';
import { communePeople, officials } from './land.ts';
import { Official } from './Official.ts';
import { SeatHolder } from './SeatHolder.ts';
import { SimDevice } from './SimDevice.ts';
import type { VirtualTime } from './VirtualTime.ts';
import type { Witness } from './Witness.ts';
import type { Mood } from './Work.ts';

interface Country {
  readonly time: VirtualTime;
  readonly places: readonly Place[];
  readonly notes: Witness;
}

/** Those who sit at devices: communes that are called and asked, and officials who call and ask. */
export class People {
  readonly devices: readonly SimDevice[];
  readonly #world: Country;
  readonly #chance: Chance;
  mood: Mood = 'busy';

  constructor(world: Country, chance: Chance) {
    this.#world = world;
    this.#chance = chance;
    this.devices = [...communePeople, ...officials].map((actor) => new SimDevice(actor, world, chance));
  }

  start(): void {
    const { notes } = this.#world;
    for (const device of this.devices) {
      const isSeat = device.actor.account.role === 'seat';
      const person = isSeat ? new SeatHolder(device, this.#chance, notes) : new Official(device, this.#chance, notes);
      this.#plan(device, () => person.act(this.mood));
    }
  }

  #plan(device: SimDevice, act: () => void): void {
    this.#world.time.after(this.#chance.between(300, 1_500), () => {
      if (!device.keepLine()) device.connect();
      else if (this.mood === 'busy' && this.#chance.is(0.03)) device.leave();
      else act();
      this.#plan(device, act);
    });
  }
}
