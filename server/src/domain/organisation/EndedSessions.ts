import { EventEmitter } from 'node:events';
import type { EndedSession, SessionStore } from './ports.ts';

interface EndedSessionsEvents {
  /** These are over. It may be said several times, and late: whoever listens looks for exactly this session. */
  ended: [sessions: readonly EndedSession[]];
  /** An act of this node ended them; other nodes have to hear of it. */
  told: [sessions: readonly EndedSession[]];
}

/**
 * SE2: which sessions are over, as this node learns it: by an act of its own, by the hint of another node, and by a
 * sweep that asks for those that ended since it last asked. So twenty thousand open pages cost one small query.
 */
export class EndedSessions extends EventEmitter<EndedSessionsEvents> {
  readonly #store: Pick<SessionStore, 'endedSince'>;
  /** Of PostgreSQL's clock; undefined before the first sweep. */
  #mark: string | undefined;
  #asking: Promise<void> | undefined;

  constructor(store: Pick<SessionStore, 'endedSince'>) {
    super();
    this.#store = store;
  }

  /** After the commit that ended them. */
  tell(sessions: readonly EndedSession[]): void {
    if (sessions.length === 0) return;
    this.emit('told', sessions);
    this.emit('ended', sessions);
  }

  /** Another node has ended some: looks at once. However many hints come, one question at a time is asked. */
  async hint(): Promise<void> {
    // What is being asked may be too old to know of it.
    await this.#asking?.catch(() => undefined);
    await this.sweep();
  }

  /** Finds what hints have lost, what the command line did, and what expired. While the store is away nobody is out. */
  sweep(): Promise<void> {
    this.#asking ??= this.#ask().finally(() => {
      this.#asking = undefined;
    });
    return this.#asking;
  }

  async #ask(): Promise<void> {
    const { mark, sessions } = await this.#store.endedSince(this.#mark);
    this.#mark = mark;
    if (sessions.length > 0) this.emit('ended', sessions);
  }
}
