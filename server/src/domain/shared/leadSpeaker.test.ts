import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Speaker } from '../../protocol/floor.ts';
import { leadSpeaker } from './leadSpeaker.ts';

const speaker = (
  identity: string,
  since: string,
  more: Partial<Speaker> = {},
  role: Speaker['seat']['role'] = 'seat',
) => ({ seat: { identity, role }, place: 'stage', since, ...more }) as Speaker;
const lead = (...speakers: Speaker[]) => leadSpeaker(speakers)?.seat.identity;

test('PL26 the lead speaker is a principal on the stage of the briefing, else whoever has stood there longest', () => {
  const early = speaker('commune', '2026-12-01T01:00:00Z');
  const late = speaker('other', '2026-12-01T02:00:00Z');
  const principal = speaker('principal', '2026-12-01T03:00:00Z', {}, 'principal');
  assert.equal(lead(late, early, principal), 'principal');
  assert.equal(lead(late, early), 'commune');
  const elsewhere = { stage: 'vn.01' } as Partial<Speaker>;
  assert.equal(lead(late, speaker('p', '2026-12-01T00:00:00Z', elsewhere, 'principal')), 'other');
  assert.equal(lead(speaker('p', '2026-12-01T00:00:00Z', { place: 'green' }, 'principal')), undefined);
});
