import type { WorkerChannel } from '../line/workerChannel.ts';
import { CONSUMER_PAUSE, CONSUMER_RESUME, switchConsumers } from './switchConsumers.ts';

/** However long somebody gathers, the first waits no longer than this, ms. */
const LONGEST_MS = 500;

interface Switch {
  readonly flows: boolean;
  readonly asked: readonly PromiseWithResolvers<unknown>[];
}

/**
 * Pause and resume of the consumers of one worker. While somebody gathers them they wait here, and then go to the worker
 * in one request. Other requests do not wait: what a consumer is asked for besides can be done before it.
 */
export class ConsumerSwitches {
  readonly #channel: WorkerChannel;
  #waiting = new Map<string, Switch>();
  #late: NodeJS.Timeout | undefined;
  readonly #gathering = { first: 0, others: 0 };

  /** From now on what consumers on that channel are told comes by here. */
  static on(channel: WorkerChannel): ConsumerSwitches {
    const request = channel.request.bind(channel);
    const switches = new ConsumerSwitches({ bufferBuilder: channel.bufferBuilder, request });
    channel.request = (method, bodyType, body, handler) => {
      const isSwitch = method === CONSUMER_PAUSE || method === CONSUMER_RESUME;
      if (!isSwitch || !switches.#isGathered) return request(method, bodyType, body, handler);
      return switches.#add(handler, method === CONSUMER_RESUME) as ReturnType<typeof request>;
    };
    return switches;
  }

  private constructor(channel: WorkerChannel) {
    this.#channel = channel;
  }

  /** @param isFirst waits for nobody but their like @returns tells the worker, once nobody gathers any more for whom this one waits */
  gather(isFirst = false): () => void {
    const who = isFirst ? 'first' : 'others';
    let isOver = false;
    this.#gathering[who] += 1;
    return () => {
      if (isOver) return;
      isOver = true;
      this.#gathering[who] -= 1;
      if (this.#gathering.first === 0 && (isFirst || this.#gathering.others === 0)) this.#tell();
    };
  }

  get #isGathered(): boolean {
    return this.#gathering.first + this.#gathering.others > 0;
  }

  #add(id: string, flows: boolean): Promise<unknown> {
    this.#late ??= setTimeout(() => this.#tell(), LONGEST_MS).unref();
    const asked = Promise.withResolvers<unknown>();
    // The last word is what holds.
    this.#waiting.set(id, { flows, asked: [...(this.#waiting.get(id)?.asked ?? []), asked] });
    return asked.promise;
  }

  #tell(): void {
    clearTimeout(this.#late);
    this.#late = undefined;
    const told = this.#waiting;
    if (told.size === 0) return;
    this.#waiting = new Map();
    const ids = (flows: boolean) => [...told].flatMap(([id, one]) => (one.flows === flows ? [id] : []));
    const each = (act: (asked: PromiseWithResolvers<unknown>) => void) => {
      for (const { asked } of told.values()) asked.forEach(act);
    };
    switchConsumers(this.#channel, { pause: ids(false), resume: ids(true) }).then(
      () => each(({ resolve }) => resolve(undefined)),
      (error) => each(({ reject }) => reject(error)),
    );
  }
}
