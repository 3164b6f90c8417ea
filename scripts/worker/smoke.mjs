/**
 * Proves that a worker runs and forwards: RTP in, through a pipe that is encrypted, out again unaltered, and a data message.
 * usage: MEDIASOUP_WORKER_BIN=FILE node smoke.mjs      (Node 22 or newer; exit status 0 when all is well)
 */
import dgram from 'node:dgram';
import { once } from 'node:events';
import * as mediasoup from 'mediasoup';

const PACKETS = 50;
const listenInfo = { protocol: 'udp', ip: '127.0.0.1' };
const codec = { kind: 'video', mimeType: 'video/VP8', clockRate: 90000 };
const within = (promise, what) =>
  Promise.race([
    promise,
    new Promise((_, reject) => setTimeout(() => reject(new Error(`${what} did not come`)), 5000).unref()),
  ]);

const worker = await mediasoup.createWorker({ logLevel: 'warn' });
const [near, far] = await Promise.all([1, 2].map(() => worker.createRouter({ mediaCodecs: [codec] })));
const webRtc = await near.createWebRtcTransport({
  listenInfos: [listenInfo, { ...listenInfo, protocol: 'tcp' }],
  enableSctp: true,
});
if (webRtc.iceCandidates.length < 2 || !webRtc.sctpParameters) throw new Error('the WebRTC transport is not whole');

const input = await near.createPlainTransport({ listenInfo, rtcpMux: true, comedia: true });
const rtpParameters = {
  codecs: [{ mimeType: 'video/VP8', payloadType: 101, clockRate: 90000 }],
  encodings: [{ ssrc: 1111 }],
  rtcp: { cname: 'smoke' },
};
const producer = await input.produce({ kind: 'video', rtpParameters });
const { pipeProducer } = await near.pipeToRouter({
  producerId: producer.id,
  router: far,
  keepId: false,
  enableSrtp: true,
  listenInfo,
});

const receiver = dgram.createSocket('udp4').bind(0, '127.0.0.1');
await once(receiver, 'listening');
const output = await far.createPlainTransport({ listenInfo, rtcpMux: true });
await output.connect({ ip: '127.0.0.1', port: receiver.address().port });
await output.consume({ producerId: pipeProducer.id, rtpCapabilities: far.rtpCapabilities });

const payload = Buffer.alloc(1100, 7);
payload.set([0x90, 0, 0x10]); // VP8 descriptor of a key frame's first packet
let arrived = 0;
const allArrived = new Promise((resolve) => {
  receiver.on('message', (packet) => {
    if (packet.subarray(-1000).equals(payload.subarray(-1000)) && ++arrived === PACKETS) resolve();
  });
});
const sender = dgram.createSocket('udp4');
for (let i = 0; i < PACKETS; i++) {
  const header = Buffer.alloc(12);
  header[0] = 0x80;
  header[1] = 101;
  header.writeUInt16BE(i, 2);
  header.writeUInt32BE(i * 3000, 4);
  header.writeUInt32BE(1111, 8);
  sender.send(Buffer.concat([header, payload]), input.tuple.localPort, '127.0.0.1');
  if (i % 5 === 4) await new Promise((resolve) => setTimeout(resolve, 2));
}
await within(allArrived, `packet ${PACKETS} through the encrypted pipe`);

const direct = await near.createDirectTransport();
const dataProducer = await direct.produceData();
const dataConsumer = await direct.consumeData({ dataProducerId: dataProducer.id });
const message = within(once(dataConsumer, 'message'), 'the data message');
dataProducer.send('hello');
if (String((await message)[0]) !== 'hello') throw new Error('the data message was altered');
console.log(`mediasoup ${mediasoup.version}: ${PACKETS} packets through an encrypted pipe, one data message`);
worker.close();
receiver.close();
sender.close();
