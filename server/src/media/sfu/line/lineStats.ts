import type { types as ms } from 'mediasoup';
import type { LineStats } from '../types.ts';
import type { LineReport } from './lineReport.ts';

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

/** What the last receiver reports said. @param of what the worker told of a consumer, a producer or a transport */
export function measureLine(peer: MeasuredPeer, of: (id: string) => LineReport | undefined): LineStats {
  const sent = take(
    peer.producers,
    SENT_SAMPLE,
    (p) => !p.paused && !p.closed,
    (p) => p.producer.kind === 'audio',
  ).flatMap((p) => of(p.producer.id) ?? []);
  const received = take(
    peer.consumers,
    1,
    (c) => !c.paused && !c.closed && !c.source.paused,
    (c) => c.consumer.kind === 'audio',
  ).flatMap((c) => of(c.consumer.id) ?? []);
  const trips = [...received, ...sent].map(({ rttMs }) => rttMs).filter((rtt) => rtt > 0);
  return {
    lossUp: worst(sent.map(({ fractionLost }) => fractionLost)),
    lossDown: worst(received.map(({ fractionLost }) => fractionLost)),
    rttMs: worst(trips),
    bitrateUp: peer.publisher && (of(peer.publisher.inner.id)?.bitrateIn ?? 0),
    availableDown: (peer.subscriber && of(peer.subscriber.inner.id)?.availableOut) || undefined,
  };
}

const worst = (values: readonly number[]): number | undefined =>
  values.length === 0 ? undefined : Math.max(...values);

function take<T>(all: ReadonlySet<T>, most: number, usable: (t: T) => boolean, isAudio: (t: T) => boolean): T[] {
  const list = [...all].filter(usable);
  // Video first: it has the packets that make a loss figure mean something.
  return list.sort((a, b) => Number(isAudio(a)) - Number(isAudio(b))).slice(0, most);
}
