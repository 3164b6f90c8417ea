import type { SfuConfig } from '@dieu-hanh/sfu-config';
import type { types as ms } from 'mediasoup';
import type { DataHub } from '../data/channels.ts';
import { AudioLevels } from '../track/AudioLevels.ts';
import { routerCodecs } from './capabilities.ts';
import type { WorkerSlot } from './WorkerSlot.ts';

/** A room's place on one worker: its router, and what all peers there share. */
export class RoomRouter {
  readonly slot: WorkerSlot;
  readonly router: ms.Router;
  readonly hub: DataHub;
  readonly levels: AudioLevels;

  static async create(slot: WorkerSlot, config: SfuConfig): Promise<RoomRouter> {
    const router = await slot.current.worker.createRouter({ mediaCodecs: routerCodecs(config.media) });
    try {
      const [direct, levels] = await Promise.all([
        router.createDirectTransport({ maxReceiveMessageSize: config.limits.messageBytes }),
        AudioLevels.create(router, config.media.broadcastFrameMs),
      ]);
      return new RoomRouter(slot, router, { direct, silent: await direct.produceData() }, levels);
    } catch (error) {
      router.close();
      throw error;
    }
  }

  private constructor(slot: WorkerSlot, router: ms.Router, hub: DataHub, levels: AudioLevels) {
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
