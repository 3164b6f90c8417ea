import { isIP } from 'node:net';
import { networkInterfaces } from 'node:os';
import type { types as ms } from 'mediasoup';
import type { PipeEnd } from '../../cascade/PipeLink.ts';
import { listenAddresses } from '../worker/mediaPorts.ts';
import { SOCKET_BUFFER } from '../worker/startWorker.ts';

/** How media of this node goes to others and comes from them. */
export interface PipeNetwork {
  /** Where others send to. */
  readonly address: string;
  readonly listenIp: string;
  /** UDP ports, first and last; unset: whatever is free. */
  readonly ports?: readonly [number, number] | undefined;
}

/** As it is set; unset: as clients are told, and whatever is free. */
export interface PipePlace {
  readonly address?: string | undefined;
  readonly ports?: readonly [number, number] | undefined;
}

const BUFFERS = { sendBufferSize: SOCKET_BUFFER, recvBufferSize: SOCKET_BUFFER };
const LOOPBACK: ms.TransportListenInfo = { protocol: 'udp', ip: '127.0.0.1', ...BUFFERS };

/**
 * A node takes media only from where the other said that it is, so with several addresses it sends from the one that it
 * tells, where that is its own.
 */
export function pipeNetwork(
  listen: { readonly listenIp: string; readonly announcedAddress?: string | undefined },
  { address, ports }: PipePlace,
): PipeNetwork {
  const { listenIp, announcedAddress = '' } = listen;
  const told = address ?? (isIP(announcedAddress) ? announcedAddress : (listenAddresses({ listenIp })[0] ?? listenIp));
  const own = Object.values(networkInterfaces()).flatMap((list) => list?.map((each) => each.address) ?? []);
  return { address: told, listenIp: own.includes(told) ? told : listenIp, ports };
}

/** An end of a pipe to another node: encrypted always, whatever the network is said to be. */
export function openNetworkEnd(router: ms.Router, { listenIp: ip, ports }: PipeNetwork): Promise<ms.PipeTransport> {
  const portRange = ports && { portRange: { min: ports[0], max: ports[1] } };
  const listenInfo: ms.TransportListenInfo = { protocol: 'udp', ip, ...BUFFERS, ...portRange };
  return router.createPipeTransport({ listenInfo, enableSrtp: true, enableRtx: true });
}

/** What the other node has to know of this one's end. */
export function describeEnd({ srtpParameters, tuple }: ms.PipeTransport, { address }: PipeNetwork): PipeEnd {
  if (!srtpParameters) throw new Error('a pipe to another node has no key');
  return { ip: address, port: tuple.localPort, key: srtpParameters.keyBase64 };
}

/** @throws Error when the other end is none that media could be sent to */
export const connectEnd = (mine: ms.PipeTransport, { ip, port, key }: PipeEnd): Promise<void> =>
  mine.connect({ ip, port, srtpParameters: { cryptoSuite: 'AEAD_AES_256_GCM', keyBase64: key } });

/** Both ends within this machine. Packets may be dropped from a full socket even there, so they are repeated. */
export async function openLocalPair(from: ms.Router, to: ms.Router): Promise<[ms.PipeTransport, ms.PipeTransport]> {
  const open = (router: ms.Router) => router.createPipeTransport({ listenInfo: LOOPBACK, enableRtx: true });
  const settled = await Promise.allSettled([open(from), open(to)]);
  const [near, far] = settled.map((end) => (end.status === 'fulfilled' ? end.value : undefined));
  try {
    if (!near || !far) throw settled.find((end) => end.status === 'rejected')?.reason;
    const towards = ({ tuple }: ms.PipeTransport) => ({ ip: '127.0.0.1', port: tuple.localPort });
    await Promise.all([near.connect(towards(far)), far.connect(towards(near))]);
    return [near, far];
  } catch (error) {
    near?.close();
    far?.close();
    throw error;
  }
}

export interface PipeBytes {
  readonly sent: number;
  readonly received: number;
  /** Of media and its reports: what proves that somebody is there. */
  readonly receivedAll: number;
}

/** Undefined: it closed, or its worker died. */
export async function bytesOf(end: ms.PipeTransport): Promise<PipeBytes | undefined> {
  if (end.closed) return undefined;
  const stats = await end.getStats().catch(() => []);
  const [first] = stats;
  return first && { sent: first.rtpBytesSent, received: first.rtpBytesReceived, receivedAll: first.bytesReceived };
}
