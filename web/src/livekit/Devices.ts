import { Store } from '../lib/Store.ts';
import type { Capture } from './types.ts';

export type DeviceTrouble = 'denied' | 'missing' | 'busy' | 'insecure' | 'other';
export interface DevicesState {
  readonly phase: 'closed' | 'opening' | 'open' | 'failed';
  readonly stream: MediaStream | undefined;
  readonly trouble: DeviceTrouble | undefined;
  readonly cameras: readonly MediaDeviceInfo[];
  readonly microphones: readonly MediaDeviceInfo[];
  readonly camera: string | undefined;
  readonly microphone: string | undefined;
  readonly capture: Capture;
  /** When a check last ended well on this computer. */
  readonly workedAt: string | undefined;
}

const MEMORY = 'dh.devices';
type Memory = Partial<Record<'camera' | 'microphone' | 'workedAt' | 'capture', string>>;

const sizes: Readonly<Record<Capture, MediaTrackConstraints>> = {
  standard: { width: { ideal: 1280 }, height: { ideal: 720 }, frameRate: { ideal: 30, max: 30 } },
  light: { width: { ideal: 640 }, height: { ideal: 360 }, frameRate: { ideal: 15, max: 15 } },
};
const voice: MediaTrackConstraints = { echoCancellation: true, noiseSuppression: true, autoGainControl: true };

/**
 * Camera and microphone of this computer. Opened for the check, a call and the stage; closed while only listening, so
 * that the lamp goes out.
 */
export class Devices {
  readonly state: Store<DevicesState>;
  #opening: Promise<MediaStream | undefined> | undefined;

  constructor() {
    const memory = recall();
    this.state = new Store<DevicesState>({
      phase: 'closed',
      stream: undefined,
      trouble: undefined,
      cameras: [],
      microphones: [],
      camera: memory.camera,
      microphone: memory.microphone,
      capture: memory.capture === 'light' ? 'light' : 'standard',
      workedAt: memory.workedAt,
    });
  }

  /**
   * @returns the stream, with what there is of camera and microphone; undefined when neither opens (then `trouble` says
   * why)
   */
  open(): Promise<MediaStream | undefined> {
    const { phase, stream } = this.state.get();
    if (phase === 'open' && stream?.getTracks().every((track) => track.readyState === 'live'))
      return Promise.resolve(stream);
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
    for (const track of this.state.get().stream?.getTracks() ?? []) track.stop();
    this.state.set({ phase: 'closed', stream: undefined });
  }

  worked(): void {
    this.state.set({ workedAt: new Date().toISOString() });
    this.#remember();
  }

  async #open(): Promise<MediaStream | undefined> {
    this.state.set({ phase: 'opening', trouble: undefined });
    if (!navigator.mediaDevices) return this.#fail('insecure');
    const { camera, microphone, capture } = this.state.get();
    const video = { ...sizes[capture], ...(camera && { deviceId: { ideal: camera } }) };
    const audio = { ...voice, ...(microphone && { deviceId: { ideal: microphone } }) };
    let trouble: DeviceTrouble | undefined;
    // A computer without a camera still speaks, and one without a microphone is still seen.
    for (const wish of [{ video, audio }, { audio }, { video }]) {
      try {
        const stream = await navigator.mediaDevices.getUserMedia(wish);
        const devices = await navigator.mediaDevices.enumerateDevices();
        this.state.set({
          phase: 'open',
          stream,
          trouble,
          cameras: devices.filter(isReal('videoinput')),
          microphones: devices.filter(isReal('audioinput')),
        });
        return stream;
      } catch (error) {
        trouble ??= troubleOf(error);
        if (trouble === 'denied') break;
      }
    }
    return this.#fail(trouble ?? 'other');
  }

  #fail(trouble: DeviceTrouble): undefined {
    this.state.set({ phase: 'failed', trouble, stream: undefined });
  }

  #remember(): void {
    const { camera, microphone, workedAt, capture } = this.state.get();
    try {
      localStorage.setItem(MEMORY, JSON.stringify({ camera, microphone, workedAt, capture }));
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
