import { createHook } from 'node:async_hooks';
import { type types as ms, observer } from 'mediasoup';

type Counted = 'routers' | 'transports' | 'producers' | 'consumers';

/** Counts what is alive in this process: mediasoup's objects and Node's timers. Made before what it is to count. */
export class Census {
  readonly #media = { routers: 0, transports: 0, producers: 0, consumers: 0 };
  readonly #timers = new Set<number>();
  readonly #hook = createHook({
    init: (id, type) => {
      if (type === 'Timeout') this.#timers.add(id);
    },
    destroy: (id) => this.#timers.delete(id),
  });
  readonly #newWorker = (worker: ms.Worker) => worker.observer.on('newrouter', (router) => this.#watch(router));

  constructor() {
    this.#hook.enable();
    observer.on('newworker', this.#newWorker);
  }

  get timers(): number {
    return this.#timers.size;
  }
  get media(): Readonly<Record<Counted, number>> {
    return { ...this.#media };
  }

  close(): void {
    this.#hook.disable();
    observer.off('newworker', this.#newWorker);
  }

  #watch(router: ms.Router): void {
    this.#count('routers', router.observer);
    router.observer.on('newtransport', (transport) => {
      this.#count('transports', transport.observer);
      transport.observer.on('newproducer', (producer) => this.#count('producers', producer.observer));
      transport.observer.on('newconsumer', (consumer) => this.#count('consumers', consumer.observer));
    });
  }

  #count(what: Counted, thing: { once(event: 'close', act: () => void): unknown }): void {
    this.#media[what] += 1;
    thing.once('close', () => {
      this.#media[what] -= 1;
    });
  }
}
