import assert from 'node:assert/strict';
import { test } from 'node:test';
import { VideoQuality } from '@livekit/protocol';
import {
  affordableLayer,
  defaultSettings,
  type LayeredTrack,
  spatialLayer,
  type TrackSettings,
  temporalLayer,
} from './layers.ts';

const camera: LayeredTrack = {
  width: 1280,
  height: 720,
  encodings: 3,
  layers: [
    { width: 320, height: 180 },
    { width: 640, height: 360 },
    { width: 1280, height: 720 },
  ],
};
const two: LayeredTrack = { ...camera, encodings: 2, layers: camera.layers.slice(1) };
const plain: LayeredTrack = { width: 1280, height: 720, encodings: 1, layers: [] };
const unnamed: LayeredTrack = { ...camera, layers: [] };

test('the layer by what the viewer shows', () => {
  const table: [string, LayeredTrack, Partial<TrackSettings>, number][] = [
    ['nothing said', camera, {}, 2],
    ['low', camera, { quality: VideoQuality.LOW }, 0],
    ['medium', camera, { quality: VideoQuality.MEDIUM }, 1],
    ['off counts as high; disabled is what pauses', camera, { quality: VideoQuality.OFF }, 2],
    ['a quality that is none', camera, { quality: -5 as VideoQuality }, 0],
    ['a thumbnail', camera, { width: 160, height: 90 }, 0],
    ['exactly the lowest', camera, { width: 320, height: 180 }, 0],
    ['a hair more than the lowest', camera, { width: 326, height: 184 }, 0],
    ['between', camera, { width: 400, height: 225 }, 1],
    ['larger than all', camera, { width: 3840, height: 2160 }, 2],
    ['upright element, lying picture', camera, { width: 180, height: 320 }, 0],
    ['size beats quality', camera, { width: 320, height: 180, quality: VideoQuality.HIGH }, 0],
    ['two layers, high', two, {}, 1],
    ['two layers, small', two, { width: 320, height: 180 }, 0],
    ['one layer', plain, { quality: VideoQuality.LOW }, 0],
    ['one layer, by size', plain, { width: 10, height: 10 }, 0],
    ['layers without names halve', unnamed, { width: 640, height: 360 }, 1],
  ];
  for (const [what, track, settings, expected] of table) {
    assert.equal(spatialLayer({ ...defaultSettings, ...settings }, track), expected, what);
  }
});

test('frames a second choose the temporal layer of three', () => {
  const table: [number, number | undefined][] = [
    [0, undefined],
    [5, 0],
    [8, 0],
    [10, 1],
    [15, 1],
    [24, undefined],
    [60, undefined],
  ];
  for (const [fps, expected] of table) assert.equal(temporalLayer(fps), expected, `${fps} fps`);
});

test('a narrow line gets what fits, and never nothing', () => {
  const layers = [{ bitrate: 140_000 }, { bitrate: 450_000 }, { bitrate: 1_700_000 }];
  const table: [number, number][] = [
    [50_000, 0],
    [200_000, 0],
    [450_000, 1],
    [5_000_000, 2],
  ];
  for (const [bitrate, expected] of table) assert.equal(affordableLayer(bitrate, layers), expected, `${bitrate} bit/s`);
  assert.equal(affordableLayer(Number.POSITIVE_INFINITY, []), Number.POSITIVE_INFINITY);
});
