import assert from 'node:assert/strict';
import { EventEmitter } from 'node:events';
import { type TestContext, test } from 'node:test';
import { parseSfuConfig } from '@dieu-hanh/sfu-config';
import {
  type ParticipantInfo,
  ParticipantInfo_Kind,
  ParticipantInfo_State,
  ParticipantPermission,
  TrackInfo,
  TrackType,
} from '@livekit/protocol';
import { pino } from 'pino';
import { until } from '../../../test/support/until.ts';
import { oneStage, type StageMap } from '../../domain/shared/stages.ts';
import type { ProducedTrack, SfuPeer, SfuRoom } from '../../media/sfu/types.ts';
import { participantAttributes } from '../../protocol/briefing.ts';
import type { ParticipantOutlet } from '../tell/outlet.ts';
import type { Participant } from './Participant.ts';
import { Rooms } from './Rooms.ts';

const sound = () =>
  Object.assign(new EventEmitter(), { layers: 1, kind: 'audio', want: () => undefined, close: () => undefined });
const peer = () => Object.assign(new EventEmitter(), { worker: 0, dataIsOpen: false, close: () => undefined });

/** A briefing with a leader on its stage; of each who joins it is kept whom their client shows. */
function briefing(t: TestContext, gather = () => () => {}) {
  const createPeer = async () => peer() as unknown as SfuPeer;
  const sfu = { createRoom: () => ({ createPeer, gather, close: () => undefined }) };
  const rooms = new Rooms({
    sfu: sfu as unknown as { createRoom(name: string): SfuRoom },
    ...{ log: pino({ level: 'silent' }), config: parseSfuConfig({}), autoCreate: false },
  });
  t.after(() => rooms.close());
  rooms.createStage('r', oneStage('vn'), [{ identity: 'pm', place: 'stage', muted: false }]);
  const shown = new Map<string, Set<string>>();
  const join = async (identity: string, path: string, role = 'seat'): Promise<Participant> => {
    const client = { sdk: '', version: '', protocol: 15, clientProtocol: 0, capabilities: [], adaptiveStream: false };
    const { path: pathName, unit, role: roleName } = participantAttributes;
    const attributes = { [pathName]: path, [unit]: path, [roleName]: role };
    const participant = await rooms.join({
      ...{ room: 'r', identity, name: '', metadata: '', attributes, kind: ParticipantInfo_Kind.STANDARD },
      permission: new ParticipantPermission({ canPublish: true, canSubscribe: true }),
      client: { ...client, autoSubscribe: true },
    });
    const people = new Set(participant.others().map(({ identity: who }) => who));
    shown.set(identity, people);
    const update = (list: readonly ParticipantInfo[]) => {
      for (const { identity: who, state } of list)
        if (state === ParticipantInfo_State.DISCONNECTED) people.delete(who);
        else if (who !== identity) people.add(who);
    };
    const outlet = { update } as Partial<ParticipantOutlet>;
    participant.attach(
      new Proxy(outlet, {
        get: (told, name: keyof ParticipantOutlet) => told[name] ?? (() => undefined),
      }) as ParticipantOutlet,
    );
    return participant;
  };
  const room = rooms.get('r');
  assert.ok(room);
  /** Each look at the clock is a long time: the loop is given to others after every single viewer. */
  const slowly = (act: () => void) => {
    let now = performance.now();
    const clock = t.mock.method(performance, 'now', () => {
      now += 1_000;
      return now;
    });
    act();
    clock.mock.restore();
  };
  return { room, join, slowly, shown: (identity: string) => [...(shown.get(identity) ?? [])] };
}

const province: StageMap = { ...oneStage('vn'), mains: new Map([['vn.79', 'vn.79']]), occupied: new Set(['vn.79']) };

test('TR2 a second change of who is shown what leaves nobody behind whose turn in the first had not come', async (t) => {
  const { room, join, slowly } = briefing(t);
  const pm = await join('pm', 'vn');
  pm.publishing.add(new TrackInfo({ sid: 'TR_1', type: TrackType.AUDIO }), '0', sound() as unknown as ProducedTrack);
  const viewers = await Promise.all(['1', '2', '3', '4'].map((commune) => join(commune, `vn.79.${commune}`)));
  const hears = () =>
    viewers.map(({ viewing }) => [...viewing.subscriptions()].map((s) => s.forwarding).join()).join(' ');
  await until('everybody hears the leader', () => hears() === 'live live live live');
  slowly(() => {
    room.arrange(province);
    room.arrange({ ...province, chosen: new Map([['somebody else', 'vn.01']]) });
  });
  await until('nobody does while they meet by themselves', () => hears() === 'aside aside aside aside');
});

test('CL60 viewers who are brought to another stage are told to the workers when the last of them is there', async (t) => {
  const seen: string[] = [];
  let hears = () => '';
  const { room, join, slowly } = briefing(t, () => () => void seen.push(hears()));
  const pm = await join('pm', 'vn');
  pm.publishing.add(new TrackInfo({ sid: 'TR_1', type: TrackType.AUDIO }), '0', sound() as unknown as ProducedTrack);
  const viewers = await Promise.all(['1', '2', '3'].map((commune) => join(commune, `vn.79.${commune}`)));
  hears = () => viewers.map(({ viewing }) => [...viewing.subscriptions()].map((s) => s.forwarding).join()).join(' ');
  await until('everybody hears the leader', () => hears() === 'live live live');
  await until('the room is made', () => seen.length > 0);
  seen.length = 0;
  slowly(() => room.arrange(province));
  assert.notEqual(hears(), 'aside aside aside');
  await until('the workers are told', () => seen.length > 0);
  assert.deepEqual(seen, ['aside aside aside']);
});

test('TR3 of a stage that closes in a large room nobody who looked at it is left with those who stood there', async (t) => {
  const { room, join, slowly, shown } = briefing(t);
  await join('pm', 'vn');
  for (let i = 0; i < 4; i++) await join(`${i}`, `vn.01.${i}`);
  await join('chair', 'vn.79', 'moderator');
  await join('guest', 'vn.01', 'moderator');
  const chosen = new Map([
    ['chair', 'vn.79'],
    ['guest', 'vn.79'],
  ]);
  room.arrange({ ...province, chosen });
  await room.order({ identity: 'chair', place: 'stage', muted: false, stage: 'vn.79' });
  await until('the guest sees who stands there', () => shown('guest').length === 1 + 1);
  slowly(() => {
    room.arrange(oneStage('vn'));
    void room.order({ identity: 'chair', place: 'audience', muted: false });
  });
  await until('the guest sees the leader alone', () => shown('guest').length === 1);
});

test('TR6 TR8 sixty moderators who close their stages in one second do not each look through the choices of all at every moment before', async (t) => {
  const { room, join, slowly, shown } = briefing(t);
  await join('pm', 'vn');
  const units = Array.from({ length: 60 }, (_, i) => `vn.${i + 10}`);
  for (const unit of units) await join(unit, unit, 'moderator');
  let looked = 0;
  class Counted extends Map<string, string> {
    override *[Symbol.iterator](): MapIterator<[string, string]> {
      for (const entry of super.entries()) {
        looked += 1;
        yield entry;
      }
    }
  }
  const open = (some: readonly string[]): StageMap => {
    const own = some.map((unit) => [unit, unit] as const);
    return { ...oneStage('vn'), mains: new Map(own), occupied: new Set(some), chosen: new Counted(own) };
  };
  room.arrange(open(units));
  for (const unit of units) await room.order({ identity: unit, place: 'stage', muted: false, stage: unit });
  await until('the leader sees nobody of them', () => shown('pm').length === 0);
  looked = 0;
  slowly(() => {
    for (const [i, identity] of units.entries()) {
      room.arrange(open(units.slice(i + 1)));
      void room.order({ identity, place: 'audience', muted: false });
    }
  });
  await until('all of them see the leader', () => units.every((unit) => shown(unit).length === 1));
  t.diagnostic(`${looked} looks`);
  assert.ok(looked <= 3 * units.length ** 2, `${looked} looks`);
});
