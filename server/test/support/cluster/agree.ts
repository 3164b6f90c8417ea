import { isDeepStrictEqual } from 'node:util';
import { ordersOf } from '../../../src/domain/floor/FloorKeeper.ts';
import { emptyFloor } from '../../../src/domain/floor/FloorState.ts';
import { RoundBoard } from '../../../src/domain/rollcall/RoundBoard.ts';
import type { Place } from './Faults.ts';
import { briefingIds, expectedIn, ROOT } from './land.ts';
import type { SimDevice } from './SimDevice.ts';
import type { SimNode } from './SimNode.ts';
import type { SimPostgres } from './SimPostgres.ts';
import type { Witness } from './Witness.ts';

export interface Settled {
  readonly postgres: SimPostgres;
  readonly places: readonly Place[];
  readonly devices: readonly SimDevice[];
  readonly witness: Witness;
}

/** A device is told of what comes when it has been there for so long. */
const STEP_MS = 5_000;

/** When all is healed and nothing moves any more: every node knows what PostgreSQL has, and what is true. */
export async function agree(world: Settled): Promise<void> {
  const { places, postgres, witness } = world;
  for (const { name, node } of places) {
    if (!node) {
      witness.fail(`${name} has not come back`);
      continue;
    }
    if (node.figures.n !== postgres.figures.last)
      witness.fail(`FG4 ${name} knows figures up to ${node.figures.n} of ${postgres.figures.last}`);
    for (const id of briefingIds)
      if (postgres.briefings.get(id)?.state === 'closed') demandOver(node, id, witness);
      else if (postgres.briefings.has(id)) {
        demandCarrier(node, id, world);
        await demandFloor(node, id, world);
        demandPresence(node, id, world);
        demandRounds(node, id, world);
        demandRoom(node, id, world);
      }
  }
  await demandRecord(world);
  demandDirectives(world);
}

function demandOver(node: SimNode, id: string, witness: Witness): void {
  if (node.briefings.get(id)) witness.fail(`${node.name} does not know that a briefing is closed`);
  if (node.stages.shown().some(({ briefing }) => briefing === id))
    witness.fail(`FG28 ${node.name} shows figures on the stage of a briefing that is over`);
  if (node.floors.get(id)) witness.fail(`FL16 ${node.name} has the floor of a briefing that is over`);
}

function demandCarrier(node: SimNode, id: string, { postgres, places, witness }: Settled): void {
  const { name } = node;
  const [truth, known] = [postgres.briefings.get(id), node.briefings.get(id)];
  if (known?.epoch !== truth?.epoch)
    witness.fail(`${name} knows state ${known?.epoch} of a briefing that is at ${truth?.epoch}`);
  if (node.stages.get(id).version !== postgres.stageOf(id).version)
    witness.fail(`FG25 ${name} does not know what figures are on the stage`);
  const [tenure, carrier] = [postgres.carriers.of(id), node.carriers.of(id)];
  if (carrier?.boot !== tenure?.carrier?.boot || (tenure && carrier?.epoch !== tenure.epoch))
    witness.fail(`${name} takes ${carrier?.node} for the carrier, which is ${tenure?.carrier?.node}`);
  const boots = places.map((place) => place.node?.boot);
  if (!boots.includes(tenure?.carrier?.boot)) witness.fail('CL32 a dead node carries a briefing');
  if (!boots.includes(tenure?.standby?.boot)) witness.fail('CL32 nobody stands by');
}

async function demandFloor(node: SimNode, id: string, { postgres, witness }: Settled): Promise<void> {
  const truth = await postgres.floors.read(id);
  const known = node.floors.get(id);
  if (!isDeepStrictEqual(known ?? emptyFloor(id), truth))
    witness.fail(`FL15 ${node.name} knows floor ${known?.seq}, and it is at ${truth.seq}`);
  const byIdentity = (orders: ReturnType<SimNode['hall']['orders']>) =>
    orders.map((order) => JSON.stringify(order)).sort();
  const [kept, wanted] = [byIdentity(node.hall.orders(id)), byIdentity(ordersOf(truth))];
  if (!isDeepStrictEqual(kept, wanted)) witness.fail(`FL15 the hall of ${node.name} has ${kept}, and not ${wanted}`);
}

function demandPresence(node: SimNode, id: string, { devices, places, witness }: Settled): void {
  const media = new Set(places.flatMap((place) => place.node?.rooms.people(id) ?? []).map(([identity]) => identity));
  for (const { unit } of expectedIn(id)) {
    const there = devices.filter(({ actor }) => actor.briefing === id && actor.seat.unit === unit);
    const seats = there.flatMap(({ link, actor }) => (link ? actor.seat.identity : [])).sort();
    const hasMedia = there.some(({ actor }) => media.has(actor.seat.identity));
    const known = node.presence.there(id, unit);
    const known_ = known.seats.map(({ identity }) => identity).sort();
    if (!isDeepStrictEqual(known_, seats))
      witness.fail(`PR10 ${node.name} knows of ${known_} of unit ${unit}, and there are ${seats}`);
    const state = hasMedia ? 'here' : seats.length > 0 ? 'door' : undefined;
    if (state ? known.presence !== state : known.presence === 'here' || known.presence === 'door')
      witness.fail(`PR10 ${node.name} says that unit ${unit} is ${known.presence}, and it is ${state ?? 'not there'}`);
  }
}

function demandRounds(node: SimNode, id: string, { postgres, witness }: Settled): void {
  for (const { round, units, entries } of postgres.rounds.of(id)) {
    const board = node.rounds.get(round.id);
    if (board?.round.version !== round.version || board.seq !== entries.length)
      witness.fail(`DL2 ${node.name} knows ${board?.seq} entries of a round that has ${entries.length}`);
    const truth = new RoundBoard({ round, units, entries }, postgres.now);
    // What was over by a clock that was set back then is over to whom has seen it, and to all when that is on record.
    const isJudged = board?.state === truth.state || round.dueAt !== undefined || !postgres.wasSetBack;
    if (board && isJudged && !isDeepStrictEqual(board.counts(ROOT), truth.counts(ROOT)))
      witness.fail(`RC7 ${node.name} counts otherwise than the record of a round`);
    if (round.dueAt && board?.state === 'open')
      witness.fail(`RC3 ${node.name} takes a round for open that is due on record`);
    const dated = [round.closedAt, round.dueAt, ...entries.map(({ at }) => at)];
    if (dated.some((at) => at && at < round.openedAt))
      witness.fail('RC8 something is dated before its round was opened');
  }
}

/** ND1, ND5: everybody is there once, and at each node those of all others are known. */
function demandRoom(node: SimNode, id: string, { places, witness }: Settled): void {
  const inOrder = (people: Iterable<readonly [string, number]>) =>
    [...people].map(([who, join]) => `${who} ${join}`).sort();
  const truth = places.flatMap((place) => place.node?.rooms.people(id) ?? []);
  const twice = truth.find(([identity], i) => truth.findIndex(([other]) => other === identity) !== i);
  if (twice) witness.fail(`ND5 ${twice[0]} is in a room at two nodes`);
  const known = inOrder([...node.rooms.told(id), ...node.rooms.people(id)]);
  if (!isDeepStrictEqual(known, inOrder(truth)))
    witness.fail(`ND1 ${node.name} knows ${known} in a room, and there are ${inOrder(truth)}`);
}

/** What a device was told stands in the record, once. */
async function demandRecord({ postgres, witness }: Settled): Promise<void> {
  for (const { round, unit } of witness.receipted) {
    const own = postgres.rounds.get(round)?.entries.filter((entry) => entry.unit === unit && entry.kind === 'answer');
    if (own?.length !== 1) witness.fail(`DL6 an answer with a receipt is ${own?.length} times on record`);
  }
  for (const [call, identity] of witness.taken) {
    const known = await postgres.floors.call(call);
    if (known?.identity !== identity) witness.fail(`SC5 a call is not on record as taken by ${identity}`);
  }
  for (const id of briefingIds)
    for (const { state, deadline } of await postgres.floors.calls(id))
      if (state === 'ringing' && Date.parse(deadline) < postgres.now.getTime() - 3_000)
        witness.fail('SC7 a call rings on after its deadline');
}

/** DR30, AK2: who was at a node all the time was told, and what has a receipt is on record once. */
function demandDirectives({ postgres, devices, witness }: Settled): void {
  const { acts } = postgres.directives;
  for (const { directive, unit, key } of witness.follows) {
    const own = acts.filter((act) => act.directive === directive && act.unit === unit && act.act === 'acknowledge');
    if (own.length !== 1) witness.fail(`AK2 what ${unit} has acknowledged is ${own.length} times on record`);
    if (!acts.some((act) => act.key === key)) witness.fail(`AK1 an act of ${unit} with a receipt is on no record`);
  }
  for (const { directive, addressees, since } of postgres.directives.all()) {
    const { id, state } = directive;
    // By a clock that was set meanwhile nothing was issued within the last minute.
    if (postgres.setAt > since - STEP_MS) continue;
    for (const { actor, link } of devices)
      if (link && addressees.has(actor.seat.unit) && link.since < since - STEP_MS)
        if (!witness.wasTold(link.node, `${id} ${state}`, actor.seat.unit))
          witness.fail(`DR30 ${actor.seat.identity} was not told that a directive is ${state}`);
  }
}
