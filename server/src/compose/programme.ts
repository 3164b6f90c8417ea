import { nodeTopic } from '../cluster/bus/nodeTopic.ts';
import { programmeTopic, voicesTopic } from '../cluster/topics/programme.ts';
import type { AirTimes } from '../domain/floor/AirTimes.ts';
import type { LiveFloors } from '../domain/floor/LiveFloors.ts';
import { Director } from '../domain/programme/Director.ts';
import { LiveProgrammes } from '../domain/programme/LiveProgrammes.ts';
import { ProgrammeService } from '../domain/programme/ProgrammeService.ts';
import { CATCH_UP_EVERY_MS } from '../domain/shared/CatchUp.ts';
import type { Stage } from '../domain/shared/stage.ts';
import { programmeActs } from '../edge/socket/programme/acts.ts';
import { ProgrammeNotices } from '../edge/socket/programme/ProgrammeNotices.ts';
import type { Postgres } from '../store/postgres/base/Postgres.ts';
import { PgProgramme } from '../store/postgres/programme/PgProgramme.ts';
import type { Base } from './Base.ts';
import type { Part } from './Part.ts';

interface Needs {
  readonly postgres: Postgres;
  /** The live rooms. */
  readonly stage: Stage;
  readonly floors: LiveFloors;
  readonly air: Pick<AirTimes, 'renew'>;
}

/** What everybody sees of a stage: chosen by a producer, or by who speaks. */
export function composeProgramme(_base: Base, { postgres, stage, floors, air }: Needs) {
  const live = new LiveProgrammes();
  const programme = new ProgrammeService({ store: new PgProgramme(postgres), live });
  const cards = new Set<string>();
  live.on('changed', ({ briefing, layout }) => {
    const isCard = layout.kind === 'card';
    if (isCard === cards.has(briefing)) return;
    if (isCard) cards.add(briefing);
    else cards.delete(briefing);
    void air.renew(briefing);
  });
  const director = new Director({ floors, live, stage, now: () => performance.now() });

  const part = {
    name: 'programme',
    acts: programmeActs(programme),
    notices: (channel) =>
      new ProgrammeNotices(channel, { live, floors, director, ensure: (id) => programme.ensure(id) }),
    nodeTopics: [
      nodeTopic(programmeTopic, {
        tell: (publish) => live.on('committed', publish),
        hear: (told) => programme.hint(told),
      }),
      nodeTopic(voicesTopic, {
        tell: (publish) => director.on('voices', publish),
        hear: (voices, { boot }) => director.hear(voices, boot),
      }),
    ],
    sweeps: [
      { name: 'programmes', everyMs: CATCH_UP_EVERY_MS, run: () => programme.sweep() },
      { name: 'voices', everyMs: CATCH_UP_EVERY_MS, run: () => director.sweep() },
    ],
    // Before anybody is let in, so that nobody sees another picture first.
    start: () => programme.sweep(),
    drain: () => director.close(),
  } satisfies Part;
  return { part, programme, live };
}
