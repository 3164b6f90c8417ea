import type { FloorState } from '../../../domain/floor/FloorState.ts';
import type { LiveFloors } from '../../../domain/floor/LiveFloors.ts';
import type { Director, Shown } from '../../../domain/programme/Director.ts';
import type { LiveProgrammes } from '../../../domain/programme/LiveProgrammes.ts';
import { mayStandOn, stagesAround } from '../../../domain/shared/stages.ts';
import type { Briefing } from '../../../protocol/briefing.ts';
import type { Seat } from '../../../protocol/floor.ts';
import type { UnitPath } from '../../../protocol/organisation.ts';
import type { Programme } from '../../../protocol/programme.ts';
import { rooms } from '../channel/rooms.ts';
import { tell } from '../channel/tell.ts';
import type { ChannelContext, ChannelSocket, SliceNotices } from '../channel/types.ts';

/** PN7, PN8: tells everybody in a briefing what all see. */
export class ProgrammeNotices implements SliceNotices {
  readonly forScreens = true;
  readonly #channel: Pick<ChannelContext, 'io' | 'territories'>;
  readonly #live: LiveProgrammes;
  readonly #director: Director;
  readonly #floors: LiveFloors;
  readonly #ensure: (briefing: string) => Promise<void>;
  readonly #onChanged = (programme: Programme) => tell(this.#everyone(programme.briefing), 'programme', programme);
  readonly #onSpeaker = (briefing: string, shown: Shown) =>
    tell(this.#shown(briefing, shown.stage), 'programme.speaker', { briefing, ...shown });
  /** TR5: who has entered a stage has not been told who speaks there. */
  readonly #onFloor = (before: FloorState, after: FloorState) => {
    for (const { identity, stage } of after.entered) {
      if (before.entered.some((e) => e.identity === identity && e.stage === stage)) continue;
      if (!after.stages.some((s) => s.path === stage)) continue;
      const { briefing } = after;
      const device = this.#channel.io.local.to(rooms.device(briefing, identity));
      tell(device, 'programme.speaker', { briefing, identity: this.#director.speakerOf(briefing, stage), stage });
    }
  };

  constructor(
    channel: Pick<ChannelContext, 'io' | 'territories'>,
    parts: {
      live: LiveProgrammes;
      floors: LiveFloors;
      director: Director;
      ensure: (briefing: string) => Promise<void>;
    },
  ) {
    this.#channel = channel;
    this.#live = parts.live;
    this.#director = parts.director;
    this.#floors = parts.floors;
    this.#ensure = parts.ensure;
    this.#live.on('changed', this.#onChanged);
    this.#director.on('speaker', this.#onSpeaker);
    this.#floors.on('changed', this.#onFloor);
  }

  prepare({ id }: Briefing): Promise<void> {
    return this.#ensure(id);
  }

  welcome(socket: ChannelSocket, briefing: string, seat: Seat): void {
    const programme = this.#live.get(briefing);
    if (programme) tell(socket, 'programme', programme);
    tell(socket, 'programme.speaker', { briefing, identity: this.#director.speakerOf(briefing) });
    const floor = this.#floors.get(briefing);
    if (!floor || floor.stages.length === 0) return;
    const around = stagesAround(this.#floors.stages(floor), seat);
    for (const { path: stage } of floor.stages)
      if (around.has(stage))
        tell(socket, 'programme.speaker', { briefing, identity: this.#director.speakerOf(briefing, stage), stage });
  }

  close(): void {
    this.#live.off('changed', this.#onChanged);
    this.#director.off('speaker', this.#onSpeaker);
    this.#floors.off('changed', this.#onFloor);
  }

  /** Everybody to whom the stage is more than none of theirs. */
  #shown(briefing: string, stage: UnitPath | undefined) {
    if (stage === undefined) return this.#everyone(briefing);
    const entered = this.#floors.get(briefing)?.entered.filter((e) => e.stage === stage) ?? [];
    const officials = [...this.#channel.territories.of(briefing)].filter((path) => mayStandOn(path, stage));
    return this.#channel.io.local.to([
      rooms.below(briefing, stage),
      ...officials.map((path) => rooms.officials(briefing, path)),
      ...entered.map(({ identity }) => rooms.device(briefing, identity)),
    ]);
  }

  #everyone(briefing: string) {
    return this.#channel.io.local.to(rooms.everyone(briefing));
  }
}
