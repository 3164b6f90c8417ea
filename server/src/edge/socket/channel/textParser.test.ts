import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Decoder, Encoder, type Packet, PacketType } from 'socket.io-parser';
import { JsonText } from '../../../lib/JsonText.ts';
import { textParser } from './textParser.ts';

const packets: readonly Packet[] = [
  { type: PacketType.CONNECT, nsp: '/', data: { sid: 'a' } },
  {
    type: PacketType.CONNECT_ERROR,
    nsp: '/',
    data: { message: 'forbidden', data: { error: { reason: 'forbidden' } } },
  },
  { type: PacketType.DISCONNECT, nsp: '/', data: undefined },
  { type: PacketType.EVENT, nsp: '/', data: ['round', { round: { question: 'Có mặt?' } }] },
  { type: PacketType.EVENT, nsp: '/other', id: 0, data: ['round.answer', {}] },
  { type: PacketType.ACK, nsp: '/', id: 12, data: [{ ok: { first: true } }] },
];

for (const packet of packets)
  test(`CH4 a packet of type ${PacketType[packet.type]} is written as socket.io writes it`, () => {
    const [written] = new textParser.Encoder().encode(packet);
    assert.deepEqual([written], new Encoder().encode(packet));
    const decoder = new Decoder();
    let read: Packet | undefined;
    decoder.on('decoded', (it: Packet) => {
      read = it;
    });
    decoder.add(written);
    assert.deepEqual(read?.data, packet.data);
  });

test('CH4 an answer that is written already is sent as it is, and read as any other', () => {
  const answer = { ok: { said: 'Có "mặt"', list: [1] } };
  const ack = { type: PacketType.ACK, nsp: '/', id: 3 };
  for (const data of [[JsonText.of(answer)], [{ nested: JsonText.of(answer) }], ['round', JsonText.of(answer)]])
    assert.deepEqual(
      new textParser.Encoder().encode({ ...ack, data }),
      new Encoder().encode({ ...ack, data: JSON.parse(JSON.stringify(data)) }),
    );
});
