import assert from 'node:assert/strict';
import { mock, test } from 'node:test';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { ConnectionQuality } from '../../domain/shared/stage.ts';
import type { LineStats } from '../../media/sfu/types.ts';
import { ConnectionQualityWatch } from './ConnectionQualityWatch.ts';
import type { SeenRoom } from './Listener.ts';
import type { ConnectionReport, ParticipantOutlet } from './outlet.ts';

const clean: LineStats = { lossUp: 0, lossDown: 0, rttMs: 40, bitrateUp: undefined, availableDown: undefined };
const AUDIENCE = 1000;

function viewer(sid: string) {
  const told: ConnectionReport[][] = [];
  const outlet = { qualities: (reports: ConnectionReport[]) => told.push(reports) };
  return {
    ...{ sid, identity: sid, left: false, wasActive: true, connection: { lost: false } },
    outlet: outlet as unknown as ParticipantOutlet,
    publications: { size: 0 },
    quality: 'excellent' as ConnectionQuality,
    stats: clean,
    measured: 0,
    told,
    peer: {
      line: { state: 'good' as const, watched: false, last: undefined, known: undefined },
      lineStats(): LineStats {
        return clean;
      },
    },
  };
}

test('each round measures everybody, and tells at once those whose connection has changed, of others a part in turn', async (t) => {
  mock.timers.enable({ apis: ['setTimeout'] });
  t.after(() => mock.timers.reset());
  const participants = Array.from({ length: AUDIENCE }, (_, i) => viewer(`PA_${i}`));
  for (const p of participants)
    p.peer.lineStats = () => {
      p.measured++;
      return p.stats;
    };
  type Viewer = (typeof participants)[number];
  const room: Partial<SeenRoom<Viewer>> = {
    participants: Object.assign(participants, { size: AUDIENCE }),
    seenBy: () => [],
  };
  const watch = new ConnectionQualityWatch(room as SeenRoom<Viewer>, {
    receives: () => true,
    changed: () => undefined,
    sends: () => undefined,
  });
  t.after(() => watch.close());
  const round = async (): Promise<void> => {
    mock.timers.tick(5_000);
    for (let turn = 0; turn < AUDIENCE / 50; turn++) await nextTurn();
  };

  const last = participants[AUDIENCE - 1];
  assert.ok(last);
  last.stats = { ...clean, lossDown: 0.2 };
  await round();
  assert.ok(participants.every(({ measured }) => measured === 1));
  assert.equal(participants.filter(({ told }) => told.length > 0).length, 201);
  assert.equal(last.told[0]?.[0]?.quality, 'poor');
  for (let i = 1; i < 5; i++) await round();
  assert.ok(participants.every(({ measured, told }) => measured === 5 && told.length === 1));
  last.stats = clean;
  await round();
  assert.deepEqual(
    last.told.map(([own]) => own?.quality),
    ['poor', 'excellent'],
  );
});
