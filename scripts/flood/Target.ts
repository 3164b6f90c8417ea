import { setTimeout as wait } from 'node:timers/promises';
import { Child } from './Child.ts';
import type { Place, ServerState, TargetOrder } from './protocol.ts';

/** With a PostgreSQL that is made first, and the country in it, on a busy machine, ms. */
const START_MS = 180_000;
const ANSWER_MS = 30_000;
/**
 * Whoever breaks off is missed after `iceConsentTimeoutSeconds`, and kept for `keptWithMediaSeconds` before that, and
 * `keptWithoutMediaSeconds` after it; a socket that says nothing is cut sooner.
 */
const GONE_MS = 70_000;
const LOOK_MS = 500;

/** The server under attack, which the flood has started for itself: there is no way to name another one. */
export class Target {
  readonly place: Place;
  readonly #child: Child;

  private constructor(child: Child, place: Place) {
    this.#child = child;
    this.place = place;
  }

  static async start(viewers: number): Promise<Target> {
    // Its stores are its own, whatever servers this machine's settings name.
    const child = Child.start('target.process.ts', { env: { DATABASE_URL: '', REDIS_URL: '' } });
    try {
      const place = await child.ask<Place>({ type: 'start', viewers } satisfies TargetOrder, START_MS);
      if (new URL(place.url).hostname !== '127.0.0.1') throw new Error('the target is not on loopback');
      return new Target(child, place);
    } catch (error) {
      await child.close();
      throw error;
    }
  }

  state(): Promise<ServerState> {
    return this.#child.ask<ServerState>({ type: 'state' } satisfies TargetOrder, ANSWER_MS);
  }

  /**
   * Resolves when the server holds no more connections and participants than it did, or after GONE_MS.
   * @returns what is left, and how long it took
   */
  async gone(before: ServerState): Promise<{ connections: number; participants: number; afterMs: number }> {
    const begin = performance.now();
    for (;;) {
      const now = await this.state();
      const connections = Math.max(0, now.connections - before.connections);
      const participants = Math.max(0, now.participants - before.participants);
      const afterMs = performance.now() - begin;
      if ((connections === 0 && participants === 0) || afterMs > GONE_MS) return { connections, participants, afterMs };
      await wait(LOOK_MS);
    }
  }

  close(): Promise<void> {
    return this.#child.close();
  }
}
