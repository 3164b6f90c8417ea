import type { RoundBoard } from '../../../src/domain/rollcall/RoundBoard.ts';
import type { Call } from '../../../src/protocol/floor.ts';
import type { Place } from './Faults.ts';
import type { SimDevice } from './SimDevice.ts';
import type { SimNode } from './SimNode.ts';
import type { SimPostgres } from './SimPostgres.ts';
import type { VirtualTime } from './VirtualTime.ts';
import { Witness } from './Witness.ts';

interface Observed {
  readonly time: VirtualTime;
  readonly postgres: SimPostgres;
  readonly places: readonly Place[];
  readonly devices: readonly SimDevice[];
  readonly notes: Witness;
}

/** All questions of a call are over by then. */
const ASKED_MS = 10_000;
/** What was read of a round before PostgreSQL's clock was set is judged by no clock. */
const STEP_MS = 20_000;

/** Looks at what a node comes to know, in the midst of it. */
export function observe(node: SimNode, world: Observed): void {
  const { notes, postgres, time } = world;
  const { carriers, briefings, stages, figures, floors, rounds, news } = node;
  carriers.on('carries', (briefing, { epoch }) => notes.carries(node, briefing, epoch));
  carriers.on('lost', (briefing, epoch) => notes.lost(node, briefing, epoch));
  carriers.on('changed', (briefing, carrier) => carrier && notes.knows(node, `carrier of ${briefing}`, carrier.epoch));
  briefings.on('changed', ({ id, epoch }) => notes.knows(node, `briefing ${id}`, epoch));
  stages.on('changed', ({ briefing, version }) => notes.knows(node, `figures on ${briefing}`, version));
  for (const news of ['moved', 'reloaded'] as const)
    figures.on(news, () => {
      notes.knows(node, 'figures', figures.n);
      const wrong = postgres.figures.difference(figures);
      if (wrong) notes.fail(`FG19 ${node.name}: ${wrong}`);
    });
  floors.on('changed', (_before, { briefing, seq }) => {
    // What was committed before the end may be known after it; the sweep ends that.
    if (postgres.briefings.get(briefing)?.state !== 'closed') notes.knows(node, `floor of ${briefing}`, seq);
  });
  floors.on('committed', ({ calls }) => {
    for (const call of calls) if (call.state === 'not-connected') demandNobody(call, world);
  });
  news.on('directive', ({ id, state }, units) => notes.told(node, `${id} ${state}`, units));
  rounds.on('entered', (board, records) => {
    for (const { unit, key } of records) notes.entered(node, board.round.id, `${unit} ${key}`);
  });
  rounds.on('told', (board) => {
    const { round, state } = board;
    notes.knows(node, `round ${round.id}`, round.version);
    if (state !== 'open' && time.now - postgres.setAt > STEP_MS) demandAnswered(node, board, world);
  });
}

/** RC3: who is on record before the deadline is told as absent by nobody. */
function demandAnswered({ name }: SimNode, board: RoundBoard, { postgres, notes }: Observed): void {
  const kept = postgres.rounds.get(board.round.id);
  for (const [i, { unit }] of kept?.entries.entries() ?? []) {
    const writtenAt = kept?.writtenAt[i];
    if (writtenAt && writtenAt < board.round.deadline && board.entry(unit)?.state === 'absent')
      notes.fail(`RC3 ${name} says that ${unit} is absent, which has answered in time`);
  }
}

/** CL7: a call to a unit is `not-connected` only where none of its devices is at a node that lives. */
function demandNobody({ unit, briefing }: Call, { devices, places, time, notes }: Observed): void {
  for (const { actor, link } of devices) {
    if (actor.briefing !== briefing || actor.seat.unit !== unit || !link) continue;
    const place = places.find(({ node }) => node === link.node);
    const isSure = place && isWell(place) && time.now - place.wellSince > Witness.SURE_OF_MS + ASKED_MS;
    if (isSure && time.now - link.since > ASKED_MS)
      notes.fail(`CL7 ${unit} is recorded as not connected, and has a device at ${place.name}`);
  }
}

/** CL66: nobody who knows at this moment who lives leaves out one that was well for long. */
export function demandKnown(places: readonly Place[], time: VirtualTime, witness: Witness): void {
  const isSure = (place: Place) => isWell(place) && time.now - place.wellSince > Witness.SURE_OF_MS;
  const living = places.flatMap((place) => (place.node && isSure(place) ? place.node : []));
  for (const { process, node } of places) {
    if (!node || process.state !== 'runs') continue;
    const known = time.within(process, () => node.membership.known);
    for (const other of living)
      if (known && other !== node && time.now - other.joinedAt > Witness.SURE_OF_MS)
        if (!known.some(({ boot }) => boot === other.boot))
          witness.fail(`CL66 ${node.name} takes ${other.name} for dead`);
  }
}

/** CL66: it runs, and one of the two stores hears of it. */
export const isWell = ({ process, node }: Place): boolean =>
  process.state === 'runs' && node !== undefined && !(node.redisLine.cut && node.postgresLine.cut);
