import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ParticipantInfo } from '@livekit/protocol';
import { until } from '../../../test/support/until.ts';
import { Announcer } from './Announcer.ts';
import type { Views } from './Listener.ts';
import type { ParticipantOutlet } from './outlet.ts';

/** A participant that keeps the lists it was told. */
class Heard {
  readonly left = false;
  told = 0;
  readonly lists: (readonly ParticipantInfo[])[] = [];
  readonly outlet = {
    update: (list: readonly ParticipantInfo[]) => this.lists.push(list),
  } as unknown as ParticipantOutlet;
  readonly sid: string;
  readonly identity: string;
  readonly knows: boolean;
  readonly views: Views;

  constructor(identity: string, knows: boolean) {
    this.identity = identity;
    this.sid = `PA_${identity}`;
    this.knows = knows;
    this.views = {
      known: new ParticipantInfo({ sid: this.sid, identity, name: identity }),
      veiled: new ParticipantInfo({ sid: this.sid, identity: this.sid }),
    };
  }
  isSeenBy(): boolean {
    return true;
  }
  isKnownTo(viewer: Heard): boolean {
    return viewer === this || viewer.knows;
  }
  get names(): string[] {
    return this.lists.flat().map(({ identity }) => identity);
  }
}

test('FN6 who may not know a participant is told their sid, also that they went; one list for each view', async () => {
  const binh = new Heard('binh', false);
  const officials = [new Heard('a', true), new Heard('b', true)];
  const viewers = [new Heard('c', false), new Heard('d', false)];
  const participants = [binh, ...officials, ...viewers];
  const seen = new Set([binh]);
  const followed: string[] = [];
  const announcer = new Announcer<Heard, Heard>(
    {
      participants: Object.assign(participants, { size: 5 }),
      publicParticipants: seen,
      seenBy: () => seen,
      audienceOf: () => participants,
    },
    (p) => followed.push(p.identity),
  );
  announcer.changed(binh);
  await until('everybody was told', () => participants.every(({ told }) => told === 1));
  for (const { names } of officials) assert.deepEqual(names, ['binh']);
  for (const { names } of viewers) assert.deepEqual(names, ['PA_binh']);
  assert.deepEqual(binh.names, ['binh']);
  assert.equal(viewers[0]?.lists[0], viewers[1]?.lists[0], 'one list, serialised once');
  assert.deepEqual(followed, ['a', 'b', 'c', 'd']);

  seen.delete(binh);
  announcer.gone(binh, binh.views, () => true);
  await until('everybody was told again', () => participants.every(({ told }) => told === 2));
  assert.deepEqual(viewers[0]?.names, ['PA_binh', 'PA_binh']);
  assert.deepEqual(binh.names, ['binh'], 'not of their own going');
  const missed = (viewer: Heard | undefined) => viewer && announcer.departures(viewer).map(({ identity }) => identity);
  assert.deepEqual([missed(officials[0]), missed(viewers[0]), missed(binh)], [['binh'], ['PA_binh'], []]);
  announcer.close();
});
