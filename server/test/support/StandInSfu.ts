import { EventEmitter } from 'node:events';
import type {
  ForwardedTrack,
  MediaKind,
  ProducedTrack,
  RtpParameters,
  SfuPeer,
  SfuPeerOptions,
  SfuRoom,
  SfuTransport,
  TransportDescription,
} from '../../src/media/sfu/types.ts';

/** Answers of media workers come in later turns of the loop, as many in one as a pipe gives at once. */
const AT_ONCE = 100;
const waiting: (() => void)[] = [];

function answered(): Promise<void> {
  return new Promise((resolve) => {
    if (waiting.push(resolve) === 1) setImmediate(answer);
  });
}

function answer(): void {
  for (const resolve of waiting.splice(0, AT_ONCE)) resolve();
  if (waiting.length > 0) setImmediate(answer);
}

const description: TransportDescription = {
  ...{
    iceUfrag: 'stand-in',
    icePwd: 'a password as long as those of mediasoup',
    sctpPort: 5000,
    maxMessageSize: 262_144,
  },
  candidates: [
    {
      foundation: 'udp',
      priority: 1_076_302_079,
      address: '192.0.2.1',
      ip: '192.0.2.1',
      protocol: 'udp',
      port: 44_444,
      type: 'host',
    },
  ],
  fingerprints: [{ algorithm: 'sha-256', value: Array.from({ length: 32 }, () => 'AB').join(':') }],
};

/** Takes everything, sends nothing: what is left is the work of the hall. */
export class StandInSfu {
  createRoom(name: string): SfuRoom {
    const room: Pick<SfuRoom, 'name' | 'createPeer' | 'gather' | 'close'> = {
      name,
      createPeer: async (options) => {
        await answered();
        return new StandInPeer(options) as unknown as SfuPeer;
      },
      gather: () => () => undefined,
      close: () => undefined,
    };
    return room as SfuRoom;
  }
}

/** What somebody publishes. */
export class StandInTrack extends EventEmitter implements Omit<ProducedTrack, keyof EventEmitter> {
  readonly sid: string;
  readonly kind: MediaKind;
  readonly layers: number;
  paused = false;

  constructor(sid: string, kind: MediaKind) {
    super();
    this.setMaxListeners(0);
    this.sid = sid;
    this.kind = kind;
    this.layers = kind === 'video' ? 3 : 1;
  }

  async pause(): Promise<void> {}
  async resume(): Promise<void> {}
  want(): void {}
  close(): void {
    this.emit('closed');
  }
}

class StandInTransport implements SfuTransport {
  readonly role = 'subscriber';
  readonly state = 'connected';
  readonly connectedOnce = true;
  readonly #connected: () => void;
  #isConnected = false;

  constructor(connected: () => void) {
    this.#connected = connected;
  }

  describe(): TransportDescription {
    return description;
  }
  async connect(): Promise<void> {
    await answered();
    if (!this.#isConnected) this.#connected();
    this.#isConnected = true;
  }
  restartIce(): Promise<void> {
    return answered();
  }
}

class StandInPeer extends EventEmitter {
  readonly id: string;
  readonly worker = 0;
  readonly publisher = undefined;
  readonly subscriber: SfuTransport | undefined;
  readonly dataIsOpen = false;
  readonly line = { state: 'good', watched: false, last: undefined } as const;
  #mids = 0;

  constructor({ id, subscriber }: SfuPeerOptions) {
    super();
    this.id = id;
    const connected = () => this.emit('connection', 'subscriber', 'connected');
    this.subscriber = subscriber ? new StandInTransport(connected) : undefined;
  }

  async subscribe(source: ProducedTrack): Promise<ForwardedTrack> {
    await answered();
    return new StandInConsumer(source, String(this.#mids++)) as unknown as ForwardedTrack;
  }

  lineStats() {
    const unknown = { lossUp: undefined, rttMs: undefined, bitrateUp: undefined, availableDown: undefined };
    return { ...unknown, lossDown: 0 };
  }

  sendData(): boolean {
    return true;
  }
  close(): void {}
}

class StandInConsumer extends EventEmitter {
  readonly source: ProducedTrack;
  readonly rtpParameters: RtpParameters;
  paused = true;

  constructor(source: ProducedTrack, mid: string) {
    super();
    this.source = source;
    this.rtpParameters = parametersOf(source.kind, mid);
  }

  async pause(): Promise<void> {
    await answered();
    this.paused = true;
  }
  async resume(): Promise<void> {
    await answered();
    this.paused = false;
  }
  setPreferredLayers(): Promise<void> {
    return answered();
  }
  setPriority(): Promise<void> {
    return answered();
  }
  close(): void {
    this.emit('closed');
  }
}

let ssrc = 1_000;

/** As mediasoup gives them to a viewer. */
function parametersOf(kind: MediaKind, mid: string): RtpParameters {
  const codec = (mimeType: RtpParameters['codecs'][number]['mimeType'], payloadType: number, clockRate: number) => ({
    ...{ mimeType, payloadType, clockRate, rtcpFeedback: [{ type: 'transport-cc', parameter: '' }] },
  });
  const video = [
    codec('video/VP8', 101, 90_000),
    { ...codec('video/rtx', 102, 90_000), parameters: { apt: 101 }, rtcpFeedback: [] },
  ];
  const sound = [{ ...codec('audio/opus', 100, 48_000), channels: 2, parameters: { useinbandfec: 1 } }];
  ssrc += 2;
  return {
    mid,
    codecs: kind === 'video' ? video : sound,
    headerExtensions: [{ uri: 'urn:ietf:params:rtp-hdrext:sdes:mid', id: 1 }],
    encodings: [kind === 'video' ? { ssrc, rtx: { ssrc: ssrc + 1 } } : { ssrc }],
    rtcp: { cname: 'stand-in' },
  };
}
