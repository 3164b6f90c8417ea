import type { DeviceFact } from './Device.ts';
import type { PresenceNews, UnitFact } from './ports.ts';
import type { UnitEntry } from './UnitEntry.ts';

interface Own {
  readonly number: number;
  readonly first: number;
  readonly last: number;
  readonly joined: boolean;
}

/**
 * CL40: what this node knows of a briefing by itself, as it tells others: units whole, numbered by their last change. So
 * whatever was missed, and however often a unit has changed, one message says where it stands.
 */
export class OwnFacts {
  /** Of two boards that a process had of one briefing, the later is the higher. */
  readonly #born: number;
  readonly #boot: string;
  /** In the order of their last changes. */
  readonly #units = new Map<UnitEntry, Own>();
  #number = 0;
  #told = 0;

  constructor(boot: string, born: number) {
    this.#boot = boot;
    this.#born = born;
  }

  has(unit: UnitEntry): boolean {
    return this.#units.has(unit);
  }

  touch(unit: UnitEntry, at: number): void {
    const known = this.#units.get(unit);
    this.#units.delete(unit);
    this.#number += 1;
    const joined = known?.joined || this.#of(unit).some(([, { media }]) => media !== 'off');
    // A clock that is measured anew may step back a little.
    const last = Math.max(at, known?.last ?? at);
    this.#units.set(unit, { number: this.#number, first: known?.first ?? at, last, joined });
  }

  /** What changed since it was taken last; nothing when nothing did. */
  takeNews(briefing: string, most: number): PresenceNews[] {
    const news = this.#told < this.#number ? [...this.since(briefing, this.#told, most)] : [];
    this.#told = this.#number;
    return news;
  }

  /** How far it has come, in one message without units. */
  mark(briefing: string): PresenceNews {
    return { briefing, born: this.#born, from: this.#number, to: this.#number, units: [] };
  }

  /** What has changed since, with at most so many units a message. */
  *since(briefing: string, number: number, most: number): Generator<PresenceNews> {
    let [from, units]: [number, UnitFact[]] = [number, []];
    for (const [unit, own] of this.#units) {
      if (own.number <= number) continue;
      units.push(this.#fact(unit, own));
      if (units.length < most) continue;
      yield { briefing, born: this.#born, from, to: own.number, units };
      [from, units] = [own.number, []];
    }
    if (units.length > 0) yield { briefing, born: this.#born, from, to: this.#number, units };
  }

  #fact(unit: UnitEntry, { first, last, joined }: Own): UnitFact {
    const devices = this.#of(unit).map(([identity, { seat, channels, channelAt, media, mediaAt }]) => {
      return { identity, ...(seat && { seat }), channels: Math.min(1, channels), channelAt, media, mediaAt };
    });
    return { unit: unit.code, path: unit.path, first, last, joined, devices };
  }

  #of(unit: UnitEntry): [identity: string, DeviceFact][] {
    return [...unit.devices].flatMap(([identity, device]) => {
      const fact = device.at(this.#boot);
      return fact ? [[identity, fact]] : [];
    });
  }
}
