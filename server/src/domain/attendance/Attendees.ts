import type { LineQuality } from '../../protocol/presence.ts';
import type { AttendanceEvent } from './events.ts';
import { WeakTime } from './WeakTime.ts';

export type DeviceChange = Pick<AttendanceEvent, 'identity' | 'line' | 'kind' | 'at'> & { readonly unit: string };

interface Device {
  readonly unit: string;
  /** Open order channels: while the device reconnects there may be two for a moment. */
  channels: number;
  media: LineQuality | 'off';
  lostAt: number | undefined;
}

/** AT1, AT5: the devices of one briefing as this process sees them; says what changes. */
export class Attendees {
  readonly weak = new WeakTime();
  readonly #devices = new Map<string, Device>();
  readonly #say: (change: DeviceChange) => void;

  constructor(say: (change: DeviceChange) => void) {
    this.#say = say;
  }

  channelOpened(unit: string, identity: string, at: number): void {
    const device = this.#device(unit, identity);
    if (device.channels++ === 0) this.#change(identity, device, 'channel', 'in', at);
  }

  channelClosed(identity: string, at: number): void {
    const device = this.#devices.get(identity);
    if (!device || device.channels === 0) return;
    if (--device.channels > 0) return;
    this.#change(identity, device, 'channel', 'out', at);
    this.#forgetGone(identity, device);
  }

  media(unit: string, identity: string, media: LineQuality | 'off', at: number): void {
    const known = this.#devices.get(identity);
    if (media === 'off' && !known) return;
    const device = known ?? this.#device(unit, identity);
    if (device.media === media) return;
    const before = device.media;
    device.media = media;
    this.weak.line(device.unit, identity, media, at);
    if (before === 'off') this.#change(identity, device, 'media', 'in', at);
    if (media === 'off') this.#change(identity, device, 'media', 'out', device.lostAt ?? at);
    device.lostAt = media === 'lost' ? at : undefined;
    this.#forgetGone(identity, device);
  }

  /** Of a line that is up; one that is lost or off is not mended by a late report. */
  quality(identity: string, line: 'good' | 'weak', at: number): void {
    const device = this.#devices.get(identity);
    if (!device || device.media === 'off' || device.media === 'lost') return;
    device.media = line;
    this.weak.line(device.unit, identity, line, at);
  }

  /** AT4: says anew who is there. */
  again(at: number): void {
    this.weak.restart(at);
    for (const [identity, device] of this.#devices) {
      if (device.channels > 0) this.#change(identity, device, 'channel', 'in', at);
      if (device.media !== 'off') this.#change(identity, device, 'media', 'in', at);
      if (device.lostAt !== undefined) device.lostAt = at;
    }
  }

  /** The briefing, or this process, ends: everybody leaves. */
  end(at: number): void {
    for (const [identity, device] of [...this.#devices]) {
      if (device.channels > 0) this.#change(identity, device, 'channel', 'out', at);
      device.channels = 0;
      this.media(device.unit, identity, 'off', at);
    }
    this.#devices.clear();
  }

  #device(unit: string, identity: string): Device {
    const known = this.#devices.get(identity);
    if (known) return known;
    const device: Device = { unit, channels: 0, media: 'off', lostAt: undefined };
    this.#devices.set(identity, device);
    return device;
  }

  #forgetGone(identity: string, device: Device): void {
    if (device.channels === 0 && device.media === 'off') this.#devices.delete(identity);
  }

  #change(
    identity: string,
    { unit }: Device,
    line: DeviceChange['line'],
    kind: DeviceChange['kind'],
    at: number,
  ): void {
    this.#say({ unit, identity, line, kind, at });
  }
}
