import type { RoomFacts } from '../../cluster/topics/rooms.ts';
import { byAge } from '../nodes/RoomsElsewhere.ts';
import { newSid } from '../shared/sids.ts';
import type { RoomSettings } from './RoomSettings.ts';

/** What a room is, at all nodes that have it. */
export class RoomAbout {
  #facts: RoomFacts;

  /** @param known what another node has of it already */
  constructor({ emptyTimeout, departureTimeout, maxParticipants, metadata }: RoomSettings, known?: RoomFacts) {
    const settings = { emptyTimeout, departureTimeout, maxParticipants, metadata };
    this.#facts = known ?? { sid: newSid('RM'), createdAt: Date.now(), metadataAt: 0, ...settings };
  }

  get facts(): RoomFacts {
    return this.#facts;
  }

  /** @param at orders it among what other nodes say */
  setMetadata(metadata: string, at: number): void {
    this.#facts = { ...this.#facts, metadata, metadataAt: at };
  }

  /**
   * ND7: of a room that two nodes made at once, what was made first holds; of its metadata, what was said last.
   * @returns whether that changed anything
   */
  adopt(other: RoomFacts): boolean {
    const newer = other.metadataAt > this.#facts.metadataAt;
    const older = byAge(other, this.#facts) < 0;
    const { metadata, metadataAt } = newer ? other : this.#facts;
    this.#facts = { ...(older ? other : this.#facts), metadata, metadataAt };
    return newer || older;
  }
}
