import { EventEmitter } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import type { types as ms } from 'mediasoup';
import type { LineStep } from '../line/ladder.ts';
import type { ForwardedTrack, RtpParameters } from '../types.ts';
import { watchLateLayers } from './lateLayers.ts';
import type { SourceTrack } from './SourceTrack.ts';

/**
 * When a line drowns, a picture that goes on smaller still leaves what was lost to be sent again, and sound waits
 * behind it. A short stop drops all that.
 */
const DRAIN_MS = 800;

/** The highest layer that a step lets through. */
const topLayer = (step: LineStep): number => {
  if (step.video === 'capped') return step.spatial;
  return step.video === 'free' ? Number.POSITIVE_INFINITY : -1;
};

interface Layers {
  readonly spatial: number;
  readonly temporal?: number;
}

/**
 * One viewer's copy of a source: a consumer, which starts paused. What flows is what they want, as far as their line
 * goes.
 */
export class TrackConsumer
  extends EventEmitter<{ layer: [spatial: number | undefined]; closed: [] }>
  implements ForwardedTrack
{
  readonly source: SourceTrack;
  readonly consumer: ms.Consumer;
  #paused = true;
  /** The layer that is sent. */
  #sent: number | undefined;
  #wanted: Layers;
  #step: LineStep = { video: 'free' };
  #draining = false;
  #applied = '';
  #work: Promise<void> = Promise.resolve();

  constructor(source: SourceTrack, consumer: ms.Consumer) {
    super();
    this.source = source;
    this.consumer = consumer;
    this.#wanted = { spatial: source.layers - 1 };
    consumer.on('layerschange', (layers) => {
      const was = this.#sent;
      this.#sent = layers?.spatialLayer;
      // Going silent because somebody paused it, or because what was sent does not come from its publisher any more, is no
      // news of the line.
      if (layers === undefined && (consumer.paused || consumer.producerPaused || !comes(consumer, was))) return;
      this.emit('layer', layers?.spatialLayer);
    });
    watchLateLayers(consumer);
    consumer.observer.on('close', () => this.emit('closed'));
  }

  get rtpParameters(): RtpParameters {
    return this.consumer.rtpParameters;
  }

  get paused(): boolean {
    return this.#paused;
  }

  get closed(): boolean {
    return this.consumer.closed;
  }

  pause(): Promise<void> {
    this.#paused = true;
    return this.#apply();
  }

  /** The worker asks for the key frame itself when it starts forwarding; a second request would only repeat it. */
  async resume(): Promise<void> {
    const isVideo = this.consumer.kind === 'video';
    const [flowed, began] = [!this.#paused && !this.consumer.paused, this.#paused];
    this.#paused = false;
    if (flowed && isVideo && !this.closed) await this.consumer.requestKeyFrame();
    await this.#apply();
    // Wanted from now on, on a line that carries no picture.
    if (began && isVideo && this.#step.video === 'none' && !this.#paused && !this.closed) this.emit('layer', undefined);
  }

  setPreferredLayers(layers: { spatial: number; temporal?: number }): Promise<void> {
    this.#wanted = { ...layers, spatial: Math.max(0, Math.min(layers.spatial, this.source.layers - 1)) };
    return this.#apply();
  }

  /** 1..255; others are clipped. */
  async setPriority(priority: number): Promise<void> {
    if (!this.closed) await this.consumer.setPriority(Math.max(1, Math.min(255, Math.round(priority))));
  }

  /** What the line carries now; tells by `layer` when the picture stops or comes back because of it. */
  async setStep(step: LineStep): Promise<void> {
    const before = this.#step;
    this.#step = step;
    if (this.consumer.kind === 'audio') return;
    const starved = step.video === 'none';
    this.#draining = topLayer(step) < topLayer(before);
    const changed = starved !== (before.video === 'none');
    await this.#apply();
    // A simulcast consumer tells by itself which layer comes; a plain one has no layers to tell of.
    if (!changed || this.#paused || this.closed) return;
    if (starved) this.emit('layer', undefined);
    else if (this.consumer.type === 'simple') this.emit('layer', 0);
  }

  close(): void {
    this.consumer.close();
  }

  /** One after the other, so that the last wish is what holds. What closes meanwhile needs nothing any more. */
  #apply(): Promise<void> {
    const run = this.#work.then(() =>
      this.#bring().catch((error: unknown) => {
        if (!this.closed) throw error;
      }),
    );
    this.#work = run.catch(() => {});
    return run;
  }

  async #bring(): Promise<void> {
    if (this.closed) return;
    const starved = this.consumer.kind === 'video' && this.#step.video === 'none';
    const paused = this.#paused || starved;
    if ((paused || this.#draining) && !this.consumer.paused) await this.consumer.pause();
    if (this.#draining && !paused) await sleep(DRAIN_MS, undefined, { ref: false });
    this.#draining = false;
    if (this.closed) return;
    if (!starved && this.consumer.type !== 'simple') await this.#bringLayers();
    if (!paused && this.consumer.paused && !this.closed) await this.consumer.resume();
  }

  async #bringLayers(): Promise<void> {
    const cap: Layers | undefined = this.#step.video === 'capped' ? this.#step : undefined;
    const spatial = Math.min(this.#wanted.spatial, cap?.spatial ?? this.#wanted.spatial);
    const temporals = [this.#wanted.temporal, cap?.temporal].filter((t) => t !== undefined);
    const layers = {
      spatialLayer: spatial,
      ...(temporals.length > 0 ? { temporalLayer: Math.min(...temporals) } : {}),
    };
    const key = JSON.stringify(layers);
    if (key === this.#applied || this.closed) return;
    this.#applied = key;
    await this.consumer.setPreferredLayers(layers);
  }
}

/** Whether that layer of its source arrives at this node; any, where none was sent yet. */
const comes = ({ score }: ms.Consumer, layer: number | undefined): boolean =>
  layer === undefined ? score.producerScores.some((one) => one > 0) : (score.producerScores[layer] ?? 0) > 0;
