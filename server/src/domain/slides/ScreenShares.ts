import { DomainError } from '../../protocol/errors.ts';
import type { FloorState } from '../floor/FloorState.ts';
import type { LiveFloors } from '../floor/LiveFloors.ts';
import type { LiveProgrammes } from '../programme/LiveProgrammes.ts';
import type { ProgrammeService } from '../programme/ProgrammeService.ts';
import type { Stage, StageEvents } from '../shared/stage.ts';
import { takesPlace } from '../shared/whoSeesWhom.ts';

interface Parts {
  readonly stage: Stage;
  readonly floors: LiveFloors;
  readonly programmes: Pick<LiveProgrammes, 'get'>;
  readonly programme: Pick<ProgrammeService, 'place'>;
  readonly failed: (error: unknown, briefing: string) => void;
}

/**
 * SH2, SH3: a screen that somebody on stage begins to share is what all see beside people, when nothing else is, or a
 * principal shares it; and no longer when it ends, whatever ended it.
 */
export class ScreenShares {
  readonly #parts: Parts;
  readonly #onSharing = ({ room, identity, sharing }: StageEvents['sharing'][0]) => {
    this.#try(room, identity, sharing);
  };
  /** A device may have gone while the server was away, and says nothing any more. */
  readonly #onFloor = (_: FloorState, { briefing, speakers }: FloorState) => {
    const content = this.#parts.programmes.get(briefing)?.content;
    if (content?.kind !== 'screen') return;
    const isThere = speakers.some(({ seat, place }) => seat.identity === content.identity && place !== 'green');
    if (!isThere) this.#try(briefing, content.identity, false);
  };

  constructor(parts: Parts) {
    this.#parts = parts;
    parts.stage.on('sharing', this.#onSharing);
    parts.floors.on('changed', this.#onFloor);
  }

  close(): void {
    this.#parts.stage.off('sharing', this.#onSharing);
    this.#parts.floors.off('changed', this.#onFloor);
  }

  #try(briefing: string, identity: string, sharing: boolean): void {
    this.#place(briefing, identity, sharing).catch((error: unknown) => {
      // It closed meanwhile, and with it everything that was shown.
      if (error instanceof DomainError && error.reason === 'briefing-closed') return;
      this.#parts.failed(error, briefing);
    });
  }

  async #place(briefing: string, identity: string, sharing: boolean): Promise<void> {
    const floor = this.#parts.floors.get(briefing);
    if (!floor) return;
    const seat = floor.speakers.find((speaker) => speaker.seat.identity === identity)?.seat;
    const record = { act: sharing ? 'screen.begin' : 'screen.end', account: seat?.account ?? null };
    await this.#parts.programme.place(briefing, record, (now) => {
      const isMine = now?.kind === 'screen' && now.identity === identity;
      if (!sharing) return isMine ? null : undefined;
      return now === null || (seat && takesPlace(seat)) ? { kind: 'screen', identity } : undefined;
    });
  }
}
