import type { Equipment, EquipmentState } from '../api/contract.ts';
import { Store } from '../lib/Store.ts';
import { deniedKinds, type Kind, kinds, kindsListed, kindsThatAre, watchEquipment } from './equipment.ts';
import type { Capture } from './types.ts';

export type DeviceTrouble = 'denied' | 'missing' | 'busy' | 'insecure' | 'other';
export interface DevicesState {
  readonly phase: 'closed' | 'opening' | 'open' | 'failed';
  /** While it opens, the browser asks a person whether it may. (FL48) */
  readonly asks: boolean;
  readonly stream: MediaStream | undefined;
  readonly trouble: DeviceTrouble | undefined;
  /** What is known of each, also while neither is open; the server is told of it. */
  readonly equipment: Equipment;
  readonly cameras: readonly MediaDeviceInfo[];
  readonly microphones: readonly MediaDeviceInfo[];
  readonly camera: string | undefined;
  readonly microphone: string | undefined;
  readonly capture: Capture;
  /** Whether a person sees themselves on stage as in a mirror; else as all see them. */
  readonly mirror: boolean;
  /** Whether what is behind a person is blurred, where the browser itself can. (FL37) */
  readonly blur: boolean;
  /** When somebody last entered from this computer with camera and microphone open. */
  readonly workedAt: string | undefined;
}

const MEMORY = 'dh.devices';
type Memory = Partial<Record<'camera' | 'microphone' | 'workedAt' | 'capture' | 'mirror' | 'blur', string>>;

const sizes: Readonly<Record<Capture, MediaTrackConstraints>> = {
  standard: { width: { ideal: 1280 }, height: { ideal: 720 }, frameRate: { ideal: 30, max: 30 } },
  light: { width: { ideal: 640 }, height: { ideal: 360 }, frameRate: { ideal: 15, max: 15 } },
};
const voice: MediaTrackConstraints = { echoCancellation: true, noiseSuppression: true, autoGainControl: true };

/**
 * Camera and microphone of this computer. Opened for the check, a call and the stage; closed while only listening, so
 * that the lamp goes out. What is missing is looked for again when the browser says that something has changed: a
 * permission given late, a camera plugged in.
 */
export class Devices {
  readonly state: Store<DevicesState>;
  #opening: Promise<MediaStream | undefined> | undefined;
  /** Somebody wants them open. */
  #wanted = false;

  constructor() {
    const memory = recall();
    this.state = new Store<DevicesState>({
      phase: 'closed',
      asks: false,
      stream: undefined,
      trouble: undefined,
      equipment: { camera: 'unknown', microphone: 'unknown' },
      cameras: [],
      microphones: [],
      camera: memory.camera,
      microphone: memory.microphone,
      capture: memory.capture === 'light' ? 'light' : 'standard',
      mirror: memory.mirror === 'on',
      blur: memory.blur === 'on',
      workedAt: memory.workedAt,
    });
    watchEquipment(() => void this.#changed());
  }

  /**
   * @returns the stream, with what there is of camera and microphone; undefined when neither opens (then `trouble` says
   * why)
   */
  open(): Promise<MediaStream | undefined> {
    this.#wanted = true;
    const { phase, stream } = this.state.get();
    if (phase === 'open' && stream?.getTracks().every(isLive)) return Promise.resolve(stream);
    return this.retry();
  }

  /** Opens what is not open yet; what is open goes on meanwhile. */
  retry(): Promise<MediaStream | undefined> {
    this.#wanted = true;
    this.#opening ??= this.#open().finally(() => {
      this.#opening = undefined;
    });
    return this.#opening;
  }

  async choose(change: { camera?: string; microphone?: string; capture?: Capture }): Promise<void> {
    this.close();
    this.state.set(change);
    this.#remember();
    await this.open();
  }

  close(): void {
    this.#wanted = false;
    for (const track of this.state.get().stream?.getTracks() ?? []) track.stop();
    this.state.set({ phase: 'closed', stream: undefined });
  }

  turnMirror(): void {
    this.state.set({ mirror: !this.state.get().mirror });
    this.#remember();
  }

  /** FL37: by the browser's own constraint; the track that is sent goes on. */
  async blurBackground(blur: boolean): Promise<void> {
    this.state.set({ blur });
    this.#remember();
    const [track] = this.state.get().stream?.getVideoTracks() ?? [];
    await track?.applyConstraints({ ...track.getConstraints(), backgroundBlur: blur } as MediaTrackConstraints);
  }

  worked(): void {
    this.state.set({ workedAt: new Date().toISOString() });
    this.#remember();
  }

  async #open(): Promise<MediaStream | undefined> {
    const open = this.state.get().stream?.getTracks().filter(isLive) ?? [];
    const missing = kinds.filter((kind) => !open.some((track) => track.kind === trackKind[kind]));
    this.state.set({ phase: open.length > 0 ? 'open' : 'opening', trouble: undefined });
    if (!navigator.mediaDevices) return this.#fail('insecure', { camera: 'denied', microphone: 'denied' });
    const troubles: Partial<Record<Kind, DeviceTrouble>> = {};
    const found = await this.#ask(missing, troubles);
    this.state.set({ asks: false });
    const tracks = [...open, ...found];
    const equipment = this.#equipmentWith(tracks, troubles);
    const trouble = kinds.map((kind) => troubles[kind]).find((t) => t !== undefined);
    if (tracks.length === 0) return this.#fail(trouble ?? 'other', equipment);
    for (const track of found) track.addEventListener('ended', () => this.#lost());
    const devices = await navigator.mediaDevices.enumerateDevices();
    const known = this.state.get().stream;
    // The same stream where nothing came: what is sent need not be looked at again.
    const stream = known && found.length === 0 ? known : new MediaStream(tracks);
    this.state.set({
      phase: 'open',
      stream,
      trouble,
      equipment,
      cameras: devices.filter(isReal('videoinput')),
      microphones: devices.filter(isReal('audioinput')),
    });
    // They were given back while the browser asked.
    if (!this.#wanted) this.close();
    return stream;
  }

  /** A computer without a camera still speaks, and one without a microphone is still seen. */
  async #ask(wanted: readonly Kind[], troubles: Partial<Record<Kind, DeviceTrouble>>): Promise<MediaStreamTrack[]> {
    const denied = await deniedKinds();
    let askable = wanted.filter((kind) => !denied.includes(kind));
    const prompted = await kindsThatAre('prompt');
    this.state.set({ asks: askable.some((kind) => prompted.includes(kind)) });
    for (const kind of wanted) if (denied.includes(kind)) troubles[kind] = 'denied';
    if (askable.length > 1) {
      const both = await this.#getUserMedia(askable);
      if (Array.isArray(both)) return both;
      if (both === 'denied') {
        // One of them may be allowed all the same; a person who closed the question is not asked it again at once.
        const now = await deniedKinds();
        for (const kind of askable) if (now.length === 0 || now.includes(kind)) troubles[kind] = 'denied';
        askable = askable.filter((kind) => troubles[kind] === undefined);
      }
    }
    const tracks: MediaStreamTrack[] = [];
    for (const kind of askable) {
      const one = await this.#getUserMedia([kind]);
      if (Array.isArray(one)) tracks.push(...one);
      else troubles[kind] = one;
    }
    return tracks;
  }

  async #getUserMedia(wanted: readonly Kind[]): Promise<MediaStreamTrack[] | DeviceTrouble> {
    const { camera, microphone, capture, blur } = this.state.get();
    try {
      const stream = await navigator.mediaDevices.getUserMedia({
        ...(wanted.includes('camera') && {
          video: {
            ...sizes[capture],
            ...(blur && { backgroundBlur: true }),
            ...(camera && { deviceId: { ideal: camera } }),
          },
        }),
        ...(wanted.includes('microphone') && {
          audio: { ...voice, ...(microphone && { deviceId: { ideal: microphone } }) },
        }),
      });
      return stream.getTracks();
    } catch (error) {
      return troubleOf(error);
    }
  }

  #equipmentWith(
    tracks: readonly MediaStreamTrack[],
    troubles: Readonly<Partial<Record<Kind, DeviceTrouble>>>,
  ): Equipment {
    const stateOf = (kind: Kind): EquipmentState => {
      if (tracks.some((track) => track.kind === trackKind[kind])) return 'ready';
      const trouble = troubles[kind];
      return trouble ? troubleState[trouble] : 'unknown';
    };
    return { camera: stateOf('camera'), microphone: stateOf('microphone') };
  }

  /** Unplugged: what still runs goes on, as a stream of its own. */
  #lost(): void {
    const { stream, equipment } = this.state.get();
    if (!stream) return;
    const tracks = stream.getTracks().filter(isLive);
    const gone = kinds.filter((kind) => !tracks.some((track) => track.kind === trackKind[kind]));
    const lost = Object.fromEntries(gone.map((kind) => [kind, 'missing' as const]));
    const left = tracks.length > 0 ? new MediaStream(tracks) : undefined;
    this.state.set({
      ...(left ? { phase: 'open', stream: left } : { phase: 'failed', stream: undefined }),
      trouble: 'missing',
      equipment: { ...equipment, ...lost },
    });
  }

  /** The browser says that a device came or went, or that a permission is another one. */
  async #changed(): Promise<void> {
    const { equipment } = this.state.get();
    const lacking = kinds.filter((kind) => equipment[kind] !== 'ready');
    if (this.#wanted && lacking.length > 0) return void (await this.retry());
    if (this.#wanted) return;
    const [listed, denied] = await Promise.all([kindsListed(), deniedKinds()]);
    const now = (kind: Kind): EquipmentState => {
      if (denied.includes(kind)) return 'denied';
      if (!listed.includes(kind)) return 'missing';
      return equipment[kind] === 'denied' || equipment[kind] === 'missing' ? 'unknown' : equipment[kind];
    };
    this.state.set({ equipment: { camera: now('camera'), microphone: now('microphone') } });
  }

  #fail(trouble: DeviceTrouble, equipment: Equipment): undefined {
    this.state.set({ phase: 'failed', trouble, equipment, stream: undefined });
  }

  #remember(): void {
    const { camera, microphone, workedAt, capture, mirror, blur } = this.state.get();
    try {
      const memory = {
        camera,
        microphone,
        workedAt,
        capture,
        mirror: mirror ? 'on' : 'off',
        blur: blur ? 'on' : 'off',
      };
      localStorage.setItem(MEMORY, JSON.stringify(memory));
    } catch {
      // A browser that keeps nothing asks again next time.
    }
  }
}

function recall(): Memory {
  try {
    const memory: unknown = JSON.parse(localStorage.getItem(MEMORY) ?? '{}');
    return typeof memory === 'object' && memory !== null ? memory : {};
  } catch {
    return {};
  }
}

/** FL34: which of the two the first trouble is about, by what is known of each. Pure. */
export function troubledKinds(trouble: DeviceTrouble, equipment: Equipment): Kind | 'both' {
  const of = kinds.filter((kind) => equipment[kind] === troubleState[trouble]);
  return of.length === 1 && of[0] ? of[0] : 'both';
}

const isLive = (track: MediaStreamTrack): boolean => track.readyState === 'live';
const trackKind: Readonly<Record<Kind, string>> = { camera: 'video', microphone: 'audio' };
const troubleState: Readonly<Record<DeviceTrouble, EquipmentState>> = {
  denied: 'denied',
  insecure: 'denied',
  missing: 'missing',
  busy: 'failed',
  other: 'failed',
};

/** Chromium lists the default a second time, under these names. */
const isReal =
  (wanted: MediaDeviceKind) =>
  ({ kind, deviceId }: MediaDeviceInfo): boolean =>
    kind === wanted && deviceId !== 'default' && deviceId !== 'communications';

function troubleOf(error: unknown): DeviceTrouble {
  const name = error instanceof DOMException ? error.name : '';
  if (name === 'NotAllowedError' || name === 'SecurityError') return 'denied';
  if (name === 'NotFoundError' || name === 'OverconstrainedError') return 'missing';
  if (name === 'NotReadableError' || name === 'AbortError') return 'busy';
  return 'other';
}
