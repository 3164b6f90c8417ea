import type { types as ms } from 'mediasoup';
import { LineController } from '../../server/src/media/sfu/line/LineController.ts';
import { LossMeter } from '../../server/src/media/sfu/line/LossMeter.ts';

/** How a viewer's line was watched before the worker reported: by asking for the consumer's statistics once a second. */
export class AskingWatch {
  readonly #controller = new LineController(3);
  readonly #meter = new LossMeter();
  readonly #consumer: ms.Consumer;
  readonly #timer: NodeJS.Timeout;

  constructor(consumer: ms.Consumer) {
    this.#consumer = consumer;
    this.#timer = setInterval(() => void this.#look(), 1_000);
  }

  close(): void {
    clearInterval(this.#timer);
  }

  async #look(): Promise<void> {
    const stats = await this.#consumer.getStats().catch(() => []);
    const sent = stats.find(({ type }) => type === 'outbound-rtp');
    if (!sent) return;
    const lostBefore = (stats.find(({ type }) => type === 'inbound-rtp')?.fractionLost ?? 0) / 256;
    const rttMs = sent.roundTripTime ?? 0;
    const loss = this.#meter.add({ sent: sent.packetCount, lost: sent.packetsLost, lostBefore, rttMs });
    const now = performance.now();
    if (this.#controller.isSettling(now)) this.#meter.forget();
    if (loss !== undefined) this.#controller.take({ loss, rttMs: rttMs || undefined }, now);
  }
}
