import type { StageLooks } from '../../../domain/floor/StageLooks.ts';
import { rooms } from '../channel/rooms.ts';
import { tell } from '../channel/tell.ts';
import type { ChannelContext, SliceNotices } from '../channel/types.ts';

/** TR15: asks a device on the stage of a unit for a picture of its camera. What is lost is asked again. */
export class LookNotices implements SliceNotices {
  readonly #looks: StageLooks;
  readonly #onAsked: (briefing: string, identity: string) => void;

  constructor({ io }: Pick<ChannelContext, 'io'>, looks: StageLooks) {
    this.#looks = looks;
    this.#onAsked = (briefing, identity) =>
      tell(io.local.to(rooms.device(briefing, identity)), 'stage.look', { briefing });
    looks.on('asked', this.#onAsked);
  }

  /** Whoever is asked is asked again. */
  welcome(): void {}

  close(): void {
    this.#looks.off('asked', this.#onAsked);
  }
}
