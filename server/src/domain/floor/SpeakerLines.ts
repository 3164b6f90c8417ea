import { isAway } from '../../protocol/errors.ts';
import type { StageControl } from '../shared/stage.ts';
import type { LiveFloors } from './LiveFloors.ts';
import type { DevicesElsewhere, FloorStore } from './ports.ts';
import { lineChanged } from './stageActs.ts';

interface Parts {
  readonly store: Pick<FloorStore, 'change'>;
  readonly live: LiveFloors;
  readonly stage: Pick<StageControl, 'participants'>;
  readonly elsewhere: DevicesElsewhere;
  /** Told of what went wrong without a caller to tell; the next look tries again. */
  readonly failed: (error: unknown, briefing: string) => void;
}

/**
 * FL13: what the lines of those on stage are, as part of the floor. A node judges the lines that it has or had itself; of
 * the others only when nobody else answers for them.
 */
export class SpeakerLines {
  readonly #parts: Parts;
  /** Devices whose media is or was on this node, or on one that is no more. */
  readonly #carried = new Set<string>();
  /** Devices of which this node does not know who has them. */
  readonly #unproven = new Set<string>();

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** This node has just begun: whoever is on stage proves that they are there, here or at another node. */
  begin(briefing: string): void {
    for (const { seat } of this.#parts.live.get(briefing)?.speakers ?? [])
      this.#unproven.add(key(briefing, seat.identity));
  }

  forget(briefing: string): void {
    for (const devices of [this.#carried, this.#unproven])
      for (const device of devices) if (device.startsWith(key(briefing, ''))) devices.delete(device);
  }

  /** Cheap for everybody who is not on stage. */
  async line(briefing: string, identity: string, line: 'lost' | 'back'): Promise<void> {
    const device = key(briefing, identity);
    this.#unproven.delete(device);
    if (line === 'back') this.#carried.add(device);
    // What cannot be said now is still carried, so that the next look says it again.
    if (await this.#record(briefing, identity, line)) if (line === 'lost') this.#carried.delete(device);
  }

  /** CL42: their node is no more; any other may say so. */
  orphaned(briefing: string, identities: readonly string[]): void {
    const there = new Set(identities);
    for (const { seat } of this.#parts.live.get(briefing)?.speakers ?? [])
      if (there.has(seat.identity)) this.#carried.add(key(briefing, seat.identity));
  }

  /** FL15: compares with the hall what a lost message has left behind. */
  async look(briefing: string): Promise<void> {
    const floor = this.#parts.live.get(briefing);
    if (!floor?.speakers.some((s) => s.place !== 'green')) return;
    const here = this.#parts.stage.participants(briefing);
    const active = new Set(here.flatMap((p) => (p.active ? [p.identity] : [])));
    const identities = floor.speakers.map(({ seat }) => seat.identity);
    for (const identity of identities) {
      if (active.has(identity)) await this.line(briefing, identity, 'back');
      else if (this.#carried.has(key(briefing, identity))) await this.line(briefing, identity, 'lost');
    }
    await this.#prove(
      briefing,
      identities.filter((identity) => this.#unproven.has(key(briefing, identity))),
    );
  }

  async #prove(briefing: string, identities: readonly string[]): Promise<void> {
    if (identities.length === 0) return;
    try {
      const elsewhere = await this.#parts.elsewhere.find(briefing, identities);
      for (const identity of identities) {
        const known = elsewhere.has(identity) || (await this.#record(briefing, identity, 'lost', elsewhere));
        if (known) this.#unproven.delete(key(briefing, identity));
      }
    } catch (error) {
      // Who else lives is not known yet, or one of them does not answer.
      if (!isAway(error)) throw error;
    }
  }

  /** @returns whether it stands in the floor now, or need not */
  async #record(
    briefing: string,
    identity: string,
    line: 'lost' | 'back',
    elsewhere?: ReadonlyMap<string, 'media' | 'channel'>,
  ): Promise<boolean> {
    const { store, live, failed } = this.#parts;
    const speaker = live.get(briefing)?.speakers.find((s) => s.seat.identity === identity);
    const place = line === 'lost' ? 'holding' : 'stage';
    if (!speaker || speaker.place === 'green' || speaker.place === place) return true;
    try {
      if (line === 'lost' && (elsewhere?.get(identity) ?? (await this.#whatElsewhere(briefing, identity))) === 'media')
        return true;
      const record = { act: `line.${line}`, account: null, identity };
      live.commit(await store.change(briefing, record, (m) => lineChanged(m, identity, line)));
      return true;
    } catch (error) {
      failed(error, briefing);
      return false;
    }
  }

  /** When nobody can be asked, by what was told last: its own node mends what is wrong. */
  async #whatElsewhere(briefing: string, identity: string): Promise<'media' | 'channel' | undefined> {
    const { elsewhere } = this.#parts;
    try {
      return (await elsewhere.find(briefing, [identity])).get(identity);
    } catch (error) {
      if (!isAway(error)) throw error;
      return elsewhere.hasMedia(briefing, identity) ? 'media' : undefined;
    }
  }
}

const key = (briefing: string, identity: string): string => `${briefing}/${identity}`;
