import type { SfuConfig } from '@dieu-hanh/sfu-config';
import type { types as ms } from 'mediasoup';
import { routerCodecs } from './codecs.ts';
import type { DataHub } from './data/channels.ts';
import { Levels } from './Levels.ts';
import type { WorkerSlot } from './WorkerSlot.ts';

/** A room's place on one worker: its router, and what all peers there share. */
export class Seat {
  readonly slot: WorkerSlot;
  readonly router: ms.Router;
  readonly hub: DataHub;
  readonly levels: Levels;

  static async create(slot: WorkerSlot, config: SfuConfig): Promise<Seat> {
    const router = await slot.current.worker.createRouter({ mediaCodecs: routerCodecs(config.media) });
    try {
      const [direct, levels] = await Promise.all([
        router.createDirectTransport({ maxReceiveMessageSize: config.limits.messageBytes }),
        Levels.create(router, config.media.broadcastFrameMs),
      ]);
      return new Seat(slot, router, { direct, silent: await direct.produceData() }, levels);
    } catch (error) {
      router.close();
      throw error;
    }
  }

  private constructor(slot: WorkerSlot, router: ms.Router, hub: DataHub, levels: Levels) {
    this.slot = slot;
    this.router = router;
    this.hub = hub;
    this.levels = levels;
  }

  get closed(): boolean {
    return this.router.closed;
  }

  close(): void {
    this.router.close();
  }
}
