import type { SfuConfig } from '@dieu-hanh/sfu-config';
import { DisconnectReason } from '@livekit/protocol';
import { type Patience, patience } from '../../lib/patience.ts';
import type { ConnectionState, TransportRole } from '../../media/sfu/types.ts';
import type { LeaveAction, ParticipantOutlet } from '../tell/outlet.ts';

/** How long, ms, a participant is kept without a socket whose media never came: the client will join anew. */
export const KEPT_UNCONNECTED_MS = 2_000;
/** Lost media has this time, ms, to come back by itself before the client is told to resume. */
export const MEDIA_PATIENCE_MS = 2_000;
/** The same after a resume: new candidates are tried first. */
export const RESUME_PATIENCE_MS = 12_000;
/** Time, ms, for a joined client to connect its media. */
export const CONNECT_TIMEOUT_MS = 30_000;
/** A second loss within this time, ms, after a resume calls for a full reconnect. */
const RESUME_TRUST_MS = 30_000;

/** What a line needs of the participant it belongs to. */
export interface ConnectionOwner {
  /** The connection that makes them active. */
  readonly primary: TransportRole;
  readonly outlet: Pick<ParticipantOutlet, 'leave'> | undefined;
  becameActive(): void;
  connectionChanged(lost: boolean): void;
  leave(reason: DisconnectReason, action?: LeaveAction): void;
  /** Likewise, and they may come back. */
  depart(reason: DisconnectReason, action?: LeaveAction): void;
}

/**
 * Watches one participant's connection: socket and media. Says when it stands, when it is lost, back, or given up,
 * and tells a client whose media broke to resume, or when that did not help, to connect anew.
 */
export class ConnectionWatch {
  readonly #owner: ConnectionOwner;
  readonly #settings: SfuConfig['rooms'];
  readonly #media = new Map<TransportRole, ConnectionState>();
  #socket = true;
  #silent = false;
  #active = false;
  #lost = false;
  #resumedAt = Number.NEGATIVE_INFINITY;
  #waiting: Patience | undefined;
  #situation = '';
  #patience = MEDIA_PATIENCE_MS;
  #closed = false;

  constructor(owner: ConnectionOwner, settings: SfuConfig['rooms']) {
    this.#owner = owner;
    this.#settings = settings;
    this.#review();
  }

  get active(): boolean {
    return this.#active;
  }
  get lost(): boolean {
    return this.#lost;
  }
  /** Media was there and is gone. */
  get mediaLost(): boolean {
    for (const state of this.#media.values()) if (state === 'disconnected' || state === 'failed') return true;
    return false;
  }

  socket(attached: boolean): void {
    this.#socket = attached;
    this.#silent = false;
    this.#patience = attached ? RESUME_PATIENCE_MS : MEDIA_PATIENCE_MS;
    this.#situation = '';
    this.#review();
  }
  /** Nothing was heard on the socket for longer than the client's pings allow. */
  silent(silent: boolean): void {
    this.#silent = silent;
    this.#review();
  }
  media(role: TransportRole, state: ConnectionState): void {
    this.#media.set(role, state);
    if (state === 'connected') this.#patience = MEDIA_PATIENCE_MS;
    if (!this.#active && role === this.#owner.primary && state === 'connected') {
      this.#active = true;
      this.#owner.becameActive();
    }
    this.#review();
  }

  close(): void {
    this.#closed = true;
    this.#waiting?.close();
  }

  #review(): void {
    if (this.#closed) return;
    const lost = this.#active && (!this.#socket || this.#silent || this.mediaLost);
    if (lost !== this.#lost) {
      this.#lost = lost;
      this.#owner.connectionChanged(lost);
    }
    const situation = `${this.#socket} ${this.#active} ${this.mediaLost}`;
    if (situation === this.#situation) return;
    this.#situation = situation;
    this.#waiting?.close();
    if (!this.#socket) {
      this.#waiting = patience(this.#kept(), () => this.#owner.leave(DisconnectReason.CONNECTION_TIMEOUT));
    } else if (this.mediaLost) {
      this.#waiting = patience(this.#patience, () => this.#tellToResume());
    } else if (!this.#active) {
      this.#waiting = patience(CONNECT_TIMEOUT_MS, () =>
        this.#owner.leave(DisconnectReason.MEDIA_FAILURE, 'reconnect'),
      );
    }
  }

  #kept(): number {
    if (!this.#active) return KEPT_UNCONNECTED_MS;
    const { keptWithMediaSeconds, keptWithoutMediaSeconds } = this.#settings;
    return (this.mediaLost ? keptWithoutMediaSeconds : keptWithMediaSeconds) * 1000;
  }

  #tellToResume(): void {
    const now = performance.now();
    const failed = [...this.#media.values()].includes('failed');
    if (failed || now - this.#resumedAt < RESUME_TRUST_MS) {
      this.#owner.depart(DisconnectReason.MEDIA_FAILURE, 'reconnect');
      return;
    }
    this.#resumedAt = now;
    this.#owner.outlet?.leave(DisconnectReason.MEDIA_FAILURE, 'resume');
  }
}
