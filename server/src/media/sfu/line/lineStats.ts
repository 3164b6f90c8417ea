import type { types as ms } from 'mediasoup';
import type { LineStats } from '../types.ts';

/** Tracks that are looked at of what a peer sends; of what it receives one is enough, for they share one line. */
const SENT_SAMPLE = 2;

interface Track {
  readonly paused: boolean;
  readonly closed: boolean;
}

/** One peer, as far as its line can be measured. */
interface MeasuredPeer {
  readonly producers: ReadonlySet<Track & { readonly producer: ms.Producer }>;
  readonly consumers: ReadonlySet<Track & { readonly consumer: ms.Consumer; readonly source: Pick<Track, 'paused'> }>;
  readonly publisher: { readonly inner: ms.WebRtcTransport } | undefined;
  readonly subscriber: { readonly inner: ms.WebRtcTransport } | undefined;
}

/** What the last receiver reports said. Costs a handful of messages to the worker: meant for every few seconds. */
export async function measureLine(peer: MeasuredPeer, estimated: boolean): Promise<LineStats> {
  const up = take(
    peer.producers,
    SENT_SAMPLE,
    (p) => !p.paused && !p.closed,
    (p) => p.producer.kind === 'audio',
  );
  const down = take(
    peer.consumers,
    1,
    (c) => !c.paused && !c.closed && !c.source.paused,
    (c) => c.consumer.kind === 'audio',
  );
  const [sent, received, line, own] = await Promise.all([
    Promise.all(up.map((p) => p.producer.getStats().catch(() => []))),
    Promise.all(down.map((s) => s.consumer.getStats().catch(() => []))),
    estimated ? peer.subscriber?.inner.getStats().catch(() => []) : [],
    peer.publisher?.inner.getStats().catch(() => []),
  ]);
  // A consumer's statistics hold its own stream and the publisher's; ours is the outbound one.
  const ours = received.flat().filter((s) => s.type === 'outbound-rtp');
  // A layer that stopped keeps the figures of its last moment.
  const flowing = sent.flat().filter((s) => s.bitrate > 0);
  return {
    lossUp: worst(flowing.map(fraction)),
    lossDown: worst(ours.map(fraction)),
    rttMs: worst(
      [...ours, ...flowing].map((s) => s.roundTripTime).filter((rtt) => rtt !== undefined && rtt > 0) as number[],
    ),
    bitrateUp: own?.[0]?.recvBitrate,
    availableDown: line?.[0]?.availableOutgoingBitrate,
  };
}

const fraction = (stat: ms.ProducerStat | ms.ConsumerStat): number => stat.fractionLost / 256;
const worst = (values: readonly number[]): number | undefined =>
  values.length === 0 ? undefined : Math.max(...values);

function take<T>(all: ReadonlySet<T>, most: number, usable: (t: T) => boolean, isAudio: (t: T) => boolean): T[] {
  const list = [...all].filter(usable);
  // Video first: it has the packets that make a loss figure mean something.
  return list.sort((a, b) => Number(isAudio(a)) - Number(isAudio(b))).slice(0, most);
}
