import { EventEmitter } from 'node:events';
import { test } from 'node:test';
import { parseSfuConfig } from '@dieu-hanh/sfu-config';
import { ParticipantInfo_Kind, ParticipantPermission, TrackInfo, TrackType } from '@livekit/protocol';
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
const deaf = new Proxy({}, { get: () => () => undefined }) as ParticipantOutlet;

test('TR2 a second change of who is shown what leaves nobody behind whose turn in the first had not come', async (t) => {
  const sfu = { createRoom: () => ({ createPeer: async () => peer() as unknown as SfuPeer, close: () => undefined }) };
  const rooms = new Rooms({
    sfu: sfu as unknown as { createRoom(name: string): SfuRoom },
    ...{ log: pino({ level: 'silent' }), config: parseSfuConfig({}), autoCreate: false },
  });
  t.after(() => rooms.close());
  rooms.createStage('r', oneStage('vn'), [{ identity: 'pm', place: 'stage', muted: false }]);
  const join = async (identity: string, path: string): Promise<Participant> => {
    const client = { sdk: '', version: '', protocol: 15, clientProtocol: 0, capabilities: [], adaptiveStream: false };
    const attributes = { [participantAttributes.path]: path, [participantAttributes.unit]: path };
    const participant = await rooms.join({
      ...{ room: 'r', identity, name: '', metadata: '', attributes, kind: ParticipantInfo_Kind.STANDARD },
      permission: new ParticipantPermission({ canPublish: true, canSubscribe: true }),
      client: { ...client, autoSubscribe: true },
    });
    participant.attach(deaf);
    return participant;
  };
  const pm = await join('pm', 'vn');
  pm.publishing.add(new TrackInfo({ sid: 'TR_1', type: TrackType.AUDIO }), '0', sound() as unknown as ProducedTrack);
  const viewers = await Promise.all(['1', '2', '3', '4'].map((commune) => join(commune, `vn.79.${commune}`)));
  const hears = () =>
    viewers.map(({ viewing }) => [...viewing.subscriptions()].map((s) => s.forwarding).join()).join(' ');
  await until('everybody hears the leader', () => hears() === 'live live live live');

  const own: StageMap = { ...oneStage('vn'), mains: new Map([['vn.79', 'vn.79']]), occupied: new Set(['vn.79']) };
  const room = rooms.get('r');
  // Each look at the clock is a long time: the loop is given to others after every single viewer.
  let now = performance.now();
  const clock = t.mock.method(performance, 'now', () => {
    now += 1_000;
    return now;
  });
  room?.arrange(own);
  room?.arrange({ ...own, chosen: new Map([['somebody else', 'vn.01']]) });
  clock.mock.restore();
  await until('nobody does while they meet by themselves', () => hears() === 'aside aside aside aside', 2_000);
});
