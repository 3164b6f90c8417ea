import type { types as ms } from 'mediasoup';
import type {
  ConnectionState,
  DtlsRole,
  IceCandidate,
  RemoteDtls,
  SfuTransport,
  TransportDescription,
  TransportRole,
} from '../types.ts';

export interface TransportHost {
  /** Of the one way by TCP; the workers' own TCP ports are for this machine. */
  readonly tcpCandidates: readonly IceCandidate[];
  /** Says which worker an ICE ufrag belongs to, and what proves that a client was told of it. */
  ufragIn(ufrag: string, password: string): void;
  ufragOut(ufrag: string): void;
  /** The client's role is known, and nothing has come from it yet: channel ids follow from the role. */
  connecting(clientRole: DtlsRole): Promise<void>;
  stateChanged(role: TransportRole, state: ConnectionState): void;
}

/** One PeerConnection's server side: ICE-lite, DTLS in the role that the client leaves, SCTP. */
export class Transport implements SfuTransport {
  readonly role: TransportRole;
  readonly inner: ms.WebRtcTransport;
  readonly #host: TransportHost;
  #connecting: Promise<void> | undefined;
  #state: ConnectionState = 'new';
  #connectedOnce = false;
  readonly #ufrags: string[] = [];

  constructor(role: TransportRole, inner: ms.WebRtcTransport, host: TransportHost) {
    this.role = role;
    this.inner = inner;
    this.#host = host;
    this.#remember();
    inner.on('icestatechange', () => this.#update());
    inner.on('dtlsstatechange', () => this.#update());
    inner.observer.on('close', () => {
      for (const ufrag of this.#ufrags) this.#host.ufragOut(ufrag);
      this.#update();
    });
  }

  get state(): ConnectionState {
    return this.#state;
  }

  get connectedOnce(): boolean {
    return this.#connectedOnce;
  }

  describe(): TransportDescription {
    const { iceParameters, iceCandidates, dtlsParameters, sctpParameters } = this.inner;
    return {
      iceUfrag: iceParameters.usernameFragment,
      icePwd: iceParameters.password,
      candidates: [...iceCandidates.filter(({ protocol }) => protocol === 'udp'), ...this.#host.tcpCandidates],
      // Browsers need one; SHA-256 is the one that all of them know.
      fingerprints: dtlsParameters.fingerprints.filter((f) => f.algorithm === 'sha-256'),
      sctpPort: sctpParameters?.port ?? 5000,
      maxMessageSize: sctpParameters?.maxReceiveMessageSize ?? 262_144,
    };
  }

  connect(remote: RemoteDtls): Promise<void> {
    this.#connecting ??= this.#connect(remote);
    return this.#connecting;
  }

  async restartIce(): Promise<void> {
    await this.inner.restartIce();
    this.#remember();
  }

  close(): void {
    this.inner.close();
  }

  async #connect({ role, fingerprints }: RemoteDtls): Promise<void> {
    await this.#host.connecting(role);
    await this.inner.connect({ dtlsParameters: { role, fingerprints: [...fingerprints] } });
  }

  /** mediasoup honours the former ufrag until the new one is used, so all of them stay known until the end. */
  #remember(): void {
    const { usernameFragment: ufrag, password } = this.inner.iceParameters;
    this.#ufrags.push(ufrag);
    this.#host.ufragIn(ufrag, password);
  }

  #update(): void {
    const next = this.#compute();
    if (next === this.#state) return;
    this.#state = next;
    if (next === 'connected') this.#connectedOnce = true;
    this.#host.stateChanged(this.role, next);
  }

  #compute(): ConnectionState {
    const { closed, iceState, dtlsState } = this.inner;
    if (closed || dtlsState === 'closed') return 'closed';
    if (dtlsState === 'failed') return 'failed';
    if (iceState === 'disconnected') return 'disconnected';
    if (dtlsState === 'connected') return 'connected';
    return this.#state;
  }
}
