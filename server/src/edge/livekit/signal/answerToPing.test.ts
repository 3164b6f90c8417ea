import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Ping, SignalRequest, SignalResponse } from '@livekit/protocol';
import { answerToPing } from './answerToPing.ts';

const now = 1_795_582_209_825;
type Message = NonNullable<NonNullable<ConstructorParameters<typeof SignalRequest>[0]>['message']>;
const frame = (message: Message): Uint8Array => new SignalRequest({ message }).toBinary();
const answer = (bytes: Uint8Array): SignalResponse['message'] | undefined => {
  const reply = answerToPing(bytes, now);
  return reply && SignalResponse.fromBinary(reply).message;
};

for (const timestamp of [1n, 127n, 128n, 1_795_582_209_876n, 2n ** 63n - 1n, -1n])
  for (const rtt of [0n, 12n, 300n])
    test(`a pingReq of ${timestamp} with rtt ${rtt} gets its time back`, () => {
      const pong = answer(frame({ case: 'pingReq', value: new Ping({ timestamp, rtt }) }));
      assert.equal(pong?.case, 'pongResp');
      assert.equal(pong.value.lastPingTimestamp, timestamp);
      assert.equal(pong.value.timestamp, BigInt(now));
    });

test('the older ping gets the time of now', () => {
  const pong = answer(frame({ case: 'ping', value: 1_795_582_209_000n }));
  assert.deepEqual(pong, { case: 'pong', value: BigInt(now) });
});

test('whatever else is in a frame is for the general decoder', () => {
  const pingReq = frame({ case: 'pingReq', value: new Ping({ timestamp: 5n, rtt: 6n }) });
  const ping = frame({ case: 'ping', value: 7n });
  const join = (...parts: Uint8Array[]): Uint8Array => Uint8Array.from(parts.flatMap((part) => [...part]));
  for (const other of [
    new Uint8Array(),
    frame({ case: 'pingReq', value: new Ping() }),
    frame({ case: 'offer', value: { type: 'offer', sdp: 'v=0', id: 1 } }),
    join(ping, ping),
    join(pingReq, ping),
    pingReq.subarray(0, -1),
    ping.subarray(0, 1),
    join(ping.subarray(0, 1), new Uint8Array(11).fill(0xff)),
  ])
    assert.equal(answer(other), undefined, Buffer.from(other).toString('hex'));
});
