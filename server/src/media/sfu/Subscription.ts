import { EventEmitter } from 'node:events';
import type { types as ms } from 'mediasoup';
import type { Publication } from './Publication.ts';
import type { RtpParameters, SfuSubscription } from './types.ts';

/** One viewer's copy of a publication: a consumer, which starts paused. */
export class Subscription
  extends EventEmitter<{ layer: [spatial: number | undefined]; closed: [] }>
  implements SfuSubscription
{
  readonly publication: Publication;
  readonly consumer: ms.Consumer;

  constructor(publication: Publication, consumer: ms.Consumer) {
    super();
    this.publication = publication;
    this.consumer = consumer;
    consumer.on('layerschange', (layers) => {
      // Going silent because somebody paused it is no news of the line.
      if (layers === undefined && (consumer.paused || consumer.producerPaused)) return;
      this.emit('layer', layers?.spatialLayer);
    });
    consumer.observer.on('close', () => this.emit('closed'));
  }

  get rtpParameters(): RtpParameters {
    return this.consumer.rtpParameters;
  }

  get paused(): boolean {
    return this.consumer.paused;
  }

  get closed(): boolean {
    return this.consumer.closed;
  }

  async pause(): Promise<void> {
    if (!this.closed) await this.consumer.pause();
  }

  /** The worker asks for the key frame itself when it starts forwarding; a second request would only repeat it. */
  async resume(): Promise<void> {
    if (this.closed) return;
    if (this.consumer.paused) await this.consumer.resume();
    else if (this.consumer.kind === 'video') await this.consumer.requestKeyFrame();
  }

  async setPreferredLayers({ spatial, temporal }: { spatial: number; temporal?: number }): Promise<void> {
    if (this.closed || this.consumer.type === 'simple') return;
    await this.consumer.setPreferredLayers({
      spatialLayer: Math.max(0, Math.min(spatial, this.publication.layers - 1)),
      ...(temporal === undefined ? {} : { temporalLayer: temporal }),
    });
  }

  /** 1..255; others are clipped. */
  async setPriority(priority: number): Promise<void> {
    if (!this.closed) await this.consumer.setPriority(Math.max(1, Math.min(255, Math.round(priority))));
  }

  close(): void {
    this.consumer.close();
  }
}
