import assert from 'node:assert/strict';
import { test } from 'node:test';
import { person } from '../../test/support/floorPeople.ts';
import { identityOf } from '../domain/briefing/identity.ts';
import { applyChanges, emptyFloor, stagesOf } from '../domain/floor/FloorState.ts';
import { DomainError } from '../protocol/errors.ts';
import { composeStageLooks } from './stageLooks.ts';

const briefing = 'b';
const since = '2026-11-26T02:41:07.000Z';
const { account, seat } = person(briefing, 'moderator', 'vn.79');
const device = 'a';
const identity = identityOf({ account, device });

/** Of a device on a stage whose page is at another node. */
function part(all: Parameters<typeof composeStageLooks>[0]['requests']['all']) {
  const stage = { unit: '79', path: 'vn.79', name: 'Thành phố Hồ Chí Minh', since };
  const speaker = {
    seat: { ...seat, identity },
    place: 'stage',
    since,
    muted: false,
    checked: false,
    call: null,
  } as const;
  const floor = applyChanges(emptyFloor(briefing), [
    { kind: 'stage', stage },
    { kind: 'speaker', speaker: { ...speaker, stage: 'vn.79' } },
  ]);
  return composeStageLooks({
    floors: { get: () => floor, stages: () => stagesOf(floor, 'vn') },
    liveBriefings: { get: () => ({ scope: ['vn'] }) },
    presence: { seatHere: () => undefined, counts: () => [] },
    requests: { all },
    clock: { now: () => new Date(since) },
  } as unknown as Parameters<typeof composeStageLooks>[0]);
}

/** The head of a JPEG of 320 times 180. */
async function* picture() {
  yield Buffer.from([0xff, 0xd8, 0xff, 0xc0, 0, 17, 8, 0, 180, 1, 64, ...Array(20).fill(0)]);
}

/** A picture comes to this node. @returns why it was refused */
function refusalOf(all: Parameters<typeof part>[0]): Promise<string | undefined> {
  return refusalAt(part(all));
}

async function refusalAt({ routes }: ReturnType<typeof part>): Promise<string | undefined> {
  const take = routes.find(({ path }) => path.endsWith('/stages/picture'));
  const asked = { params: { id: briefing }, caller: { account, device }, body: { bytes: picture() } };
  try {
    await take?.handle(asked as never);
  } catch (error) {
    if (error instanceof DomainError) return error.reason;
    throw error;
  }
  return undefined;
}

test('TR15 a picture for another node is taken where that one asked for it, and not where no node can say that it did', async () => {
  assert.equal(await refusalOf((async () => [false, true]) as never), undefined);
  assert.equal(await refusalOf((async () => [false]) as never), 'forbidden');
  const away = async () => {
    throw new DomainError('store-unavailable', 'no answer from a node of the version before');
  };
  assert.equal(await refusalOf(away), 'forbidden');
  const broken = new Error('a mistake');
  await assert.rejects(
    refusalOf(async () => {
      throw broken;
    }),
    broken,
  );
});

test('TR15 a device that sends pictures without end reaches other nodes with a few of them', async () => {
  let given = 0;
  const node = part((async () => [++given > 0]) as never);
  const refusals: (string | undefined)[] = [];
  for (let i = 0; i < 50; i += 1) refusals.push(await refusalAt(node));
  assert.deepEqual(refusals.slice(0, 3), [undefined, undefined, undefined]);
  assert.equal(refusals.at(-1), 'rate-limited');
  assert.equal(given, refusals.filter((reason) => reason === undefined).length);
});
