import assert from 'node:assert/strict';
import { test } from 'node:test';
import { TrackInfo, TrackType } from '@livekit/protocol';
import type { OfferedSection } from '../../media/sdp/index.ts';
import { matchSections } from './matchSections.ts';

const section = (mid: string, kind: 'audio' | 'video', track?: string): OfferedSection => ({
  kind,
  mid,
  track,
  closed: false,
  sending: true,
  rids: [],
});
const pending = (sid: string, kind: 'audio' | 'video', ...cids: string[]) => ({
  cids,
  info: new TrackInfo({ sid, type: kind === 'video' ? TrackType.VIDEO : TrackType.AUDIO }),
});
const matched = (sections: OfferedSection[], tracks: ReturnType<typeof pending>[]) =>
  Object.fromEntries([...matchSections(sections, tracks)].map(([mid, track]) => [mid, track.info.sid]));

test("a section is found by the client's id of its track", () => {
  const tracks = [pending('TR_1', 'video', 'cam'), pending('TR_2', 'video', 'screen'), pending('TR_3', 'audio', 'mic')];
  const sections = [section('1', 'audio', 'mic'), section('2', 'video', 'screen'), section('3', 'video', 'cam')];
  assert.deepEqual(matched(sections, tracks), { 1: 'TR_3', 2: 'TR_2', 3: 'TR_1' });
});

test('any of the ids of its codecs will do', () => {
  assert.deepEqual(matched([section('1', 'video', 'b')], [pending('TR_1', 'video', 'a', 'b')]), { 1: 'TR_1' });
});

test('what is left goes by kind, in order, and never to a track that another section names', () => {
  const tracks = [pending('TR_1', 'video', 'cam'), pending('TR_2', 'video', 'screen')];
  assert.deepEqual(matched([section('1', 'video', '{other}'), section('2', 'video', 'cam')], tracks), {
    1: 'TR_2',
    2: 'TR_1',
  });
  assert.deepEqual(matched([section('1', 'audio', 'x')], tracks), {});
});
