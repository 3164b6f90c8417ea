import assert from 'node:assert/strict';
import { test } from 'node:test';
import { nack, pictureLossIndication, readRtcp, receiverReport, remb, senderReport } from './rtcp.ts';
import { readRtp, readVp8, vp8Descriptor, writeRtp } from './rtp.ts';
import { StreamReceiver } from './StreamReceiver.ts';
import { TransportFeedback } from './TransportFeedback.ts';

const packet = (sequence: number, options: { key?: boolean; marker?: boolean; timestamp?: number } = {}) => {
  const { key = false, marker = true, timestamp = sequence * 3000 } = options;
  const data = writeRtp({
    ...{ payloadType: 96, marker, sequence, timestamp, ssrc: 7 },
    extensions: [
      [3, Buffer.of(1, 2)],
      [4, Buffer.from('video')],
    ],
    payload: [vp8Descriptor(true, sequence, sequence), Buffer.of(key ? 0 : 1, 0, 0)],
  });
  const read = readRtp(data);
  assert.ok(read);
  return read;
};

test('RTP with header extensions and a VP8 descriptor is read as it was written', () => {
  const read = packet(65_535, { key: true });
  assert.deepEqual([read.sequence, read.ssrc, read.payloadType, read.marker], [65_535, 7, 96, true]);
  assert.deepEqual(read.extension(3), Buffer.of(1, 2));
  assert.equal(read.extension(4)?.toString(), 'video');
  assert.equal(read.extension(5), undefined);
  assert.deepEqual(readVp8(read.payload), { startsFrame: true, key: true });
  assert.deepEqual(readVp8(packet(1).payload), { startsFrame: true, key: false });
});

test('requests in a compound packet are read as they were written', () => {
  const compound = Buffer.concat([
    receiverReport(1, [], 'c'),
    nack(1, 7, [65_534, 65_535, 0, 40]),
    pictureLossIndication(1, 8),
    senderReport(9, { now: 0, timestamp: 1, packets: 2, bytes: 3, cname: 'c' }),
  ]);
  assert.deepEqual(readRtcp(compound), {
    senderReports: [{ ssrc: 9, lsr: ((2_208_988_800 % 65_536) << 16) >>> 0 }],
    keyFrameRequests: [8],
    nacks: [{ ssrc: 7, sequences: [65_534, 65_535, 0, 40] }],
  });
});

test('REMB is the packet of the draft', () => {
  // 1 Mbit/s = 250,000 x 2^2.
  assert.equal(
    remb(1, 1_000_000, [7]).toString('hex'),
    '8fce00050000000100000000' + '52454d42' + '010bd090' + '00000007',
  );
});

test('a gap is asked for again, counted as lost until it comes, and the fraction is since the last report', () => {
  const receiver = new StreamReceiver(7, 'video', 0);
  for (const sequence of [65_534, 65_535, 2]) receiver.received(packet(sequence), 10);
  assert.deepEqual(receiver.nacks(10), [0, 1]);
  assert.deepEqual(receiver.nacks(20), [], 'not again before a round trip');
  assert.deepEqual(
    receiver.block(20),
    {
      ...{ ssrc: 7, fractionLost: Math.floor((2 * 256) / 5), totalLost: 2, highestSequence: 65_538 },
      ...{ jitter: 188, lsr: 0, delay: 0 },
    },
    'lost; two frames of 3000 ticks that come at once are a jitter of 3000 / 16',
  );
  receiver.received(packet(0), 30);
  assert.deepEqual(receiver.nacks(60), [1]);
  assert.equal(receiver.recovered, 1);
  assert.equal(receiver.block(60).fractionLost, 0);
});

test('the first frame is the first whole key frame, whatever the order of its packets', () => {
  const receiver = new StreamReceiver(7, 'video', 0);
  receiver.received(packet(1), 10);
  assert.equal(receiver.wantsKeyFrame(100), false);
  assert.equal(receiver.wantsKeyFrame(250), true);
  assert.equal(receiver.wantsKeyFrame(300), false);
  const part = (sequence: number, marker: boolean) => ({
    ...packet(sequence, { marker, timestamp: 9000 }),
    payload: Buffer.of(0, 1),
  });
  receiver.received(packet(2, { key: true, marker: false, timestamp: 9000 }), 300);
  receiver.received(part(4, true), 310);
  assert.equal(receiver.firstFrameAt, undefined);
  receiver.received(part(3, false), 320);
  assert.equal(receiver.firstFrameAt, 320);
  assert.equal(receiver.wantsKeyFrame(9000), false);
});

test('transport-wide feedback tells arrivals and gaps', () => {
  const feedback = new TransportFeedback();
  assert.equal(feedback.take(1, 7), undefined);
  feedback.received(65_535, 64);
  feedback.received(1, 66);
  const bytes = feedback.take(1, 7);
  assert.ok(bytes);
  assert.equal(bytes[0], 0x80 | 15);
  assert.equal(bytes.readUInt16BE(12), 65_535, 'base');
  assert.equal(bytes.readUInt16BE(14), 3, 'count');
  assert.equal(bytes.readUIntBE(16, 3), 1, 'reference in 64 ms');
  // Received at once, missing, received 2 ms later (8 ticks of 0.25 ms).
  assert.equal(bytes.readUInt16BE(20), 0xc000 | (1 << 12) | (0 << 10) | (1 << 8));
  assert.deepEqual([bytes[22], bytes[23]], [0, 8]);
  feedback.received(0, 80);
  assert.equal(feedback.take(1, 7), undefined, 'too late: it was reported as missing');
  for (let i = 2; i < 40; i++) feedback.received(i, 100 + i);
  const run = feedback.take(1, 7);
  assert.equal(run?.readUInt16BE(14), 38);
  assert.equal(run?.[19], 1, 'second packet');
});
