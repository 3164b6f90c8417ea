import { randomUUID } from 'node:crypto';
import { acceptCall, startCall } from '../../../src/domain/floor/calls.ts';
import { enterStage, openStage } from '../../../src/domain/floor/openStages.ts';
import { giveTime } from '../../../src/domain/floor/speechTimer.ts';
import { admit, invite, mute, promote, raiseHand, remove } from '../../../src/domain/floor/stageActs.ts';
import { gatherEyes, startBack } from '../../../src/domain/floor/tiers.ts';
import type { StoredAccount } from '../../../src/domain/organisation/ports.ts';
import type { Seat } from '../../../src/protocol/floor.ts';
import { PgFloor } from '../../../src/store/postgres/floor/PgFloor.ts';
import type { OfficialWorld } from './OfficialWorld.ts';

/** Acts on the floor of a live briefing that leave something in every table of it. */
export async function actOnFloor(world: OfficialWorld): Promise<void> {
  const briefing = await world.liveBriefing();
  const store = new PgFloor(world.postgres);
  const account = (stored: StoredAccount) => {
    const unit = world.units.get(stored.unit);
    return { id: stored.id, name: stored.name, role: stored.role, unit };
  };
  const seat = (stored: StoredAccount): Seat => {
    const { id, name, role, unit } = account(stored);
    const identity = `${unit.code}.${id.slice(0, 8)}-a`;
    const person = { name: 'Trần Văn Hùng', title: 'Chủ tịch' };
    return { identity, account: id, unit: unit.code, path: unit.path, name, role, person };
  };
  const [one, two, three] = world.seats.map(seat) as [Seat, Seat, Seat];
  const by = (act: string, more: object = {}) => ({ act, account: world.pm.id, ...more });
  const ring = {
    id: randomUUID(),
    unit: world.units.get('10002'),
    caller: account(world.pm),
    seconds: 30,
    ringable: true,
  };
  const equipped: Seat = { ...three, equipment: { camera: 'missing', microphone: 'ready' } };
  await store.change(briefing, by('promote'), (m) => promote(m, seat(world.pm)));
  await store.change(briefing, by('hand', { identity: one.identity, unit: one.unit }), (m) => raiseHand(m, one));
  await store.change(briefing, by('admit', { identity: three.identity }), (m) => admit(m, equipped));
  await store.change(briefing, by('mute', { identity: one.identity }), (m) => mute(m, one.identity, true));
  await store.change(briefing, by('call', { call: ring.id, unit: '10002' }), (m) => startCall(m, ring));
  await store.change(briefing, by('answer', { call: ring.id }), (m) => acceptCall(m, two), ring.id);
  await store.change(briefing, by('seat.timer', { identity: two.identity }), (m) =>
    giveTime(m, seat(world.pm), { identity: two.identity, minutes: 3, stage: undefined }),
  );
  const province = world.units.get('79');
  const ring79 = { ...ring, id: randomUUID(), unit: world.units.get('10001'), from: seat(world.pm) };
  await store.change(briefing, by('stage.open', { unit: '79' }), (m) => openStage(m, province, seat(world.pm)));
  await store.change(briefing, by('stage.enter', { unit: '79' }), (m) =>
    enterStage(m, seat(world.pm).identity, province.path),
  );
  await store.change(briefing, by('hand', { identity: one.identity }), (m) => raiseHand(m, one));
  await store.change(briefing, by('call', { call: ring79.id, unit: '10001' }), (m) => startCall(m, ring79));
  await store.change(briefing, by('admit', { identity: three.identity }), (m) => admit(m, equipped, province.path));
  await store.change(briefing, by('stage.promote', { identity: three.identity }), (m) =>
    invite(m, equipped, 'Thủ tướng', province.path),
  );
  await store.change(briefing, by('stage.gather', { unit: 'vn' }), (m) => gatherEyes(m, 'vn', true));
  await store.change(briefing, by('stage.back', { unit: 'vn' }), (m) => startBack(m, 'vn', 60));
  await store.change(briefing, by('remove', { identity: 'noisy' }), (m) => remove(m, 'noisy', 'tiếng ồn'));
}
