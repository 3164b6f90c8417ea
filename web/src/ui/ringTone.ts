/**
 * Two short notes, then a rest: heard over talk in a room, and easier to bear than a bell. Synthesised, so nothing is
 * loaded.
 */
const NOTES_HZ = [587, 784] as const;
const NOTE_S = 0.22;
const PERIOD_MS = 1_800;
const LOUDNESS = 0.28;

let context: AudioContext | undefined;
function audio(): AudioContext {
  context ??= new AudioContext();
  void context.resume();
  return context;
}

/** From now on it sounds from this device, where the browser lets pages choose; empty: where the system sends it. */
export function ringThrough(device: string): void {
  const out = audio() as AudioContext & { setSinkId?: (id: string) => Promise<void> };
  void out.setSinkId?.(device).catch(() => undefined);
}

/** One chime; resolves when it has sounded. Also the device check's test sound. @param notes in Hz */
export async function chime(notes: readonly number[] = NOTES_HZ): Promise<void> {
  const out = audio();
  const start = out.currentTime + 0.02;
  notes.forEach((frequency, i) => {
    const at = start + i * NOTE_S;
    const tone = new OscillatorNode(out, { frequency, type: 'triangle' });
    const gain = new GainNode(out, { gain: 0 });
    gain.gain.setValueAtTime(0, at);
    gain.gain.linearRampToValueAtTime(LOUDNESS, at + 0.02);
    gain.gain.exponentialRampToValueAtTime(0.001, at + NOTE_S * 1.6);
    tone.connect(gain).connect(out.destination);
    tone.start(at);
    tone.stop(at + NOTE_S * 1.7);
  });
  await new Promise((resolve) => setTimeout(resolve, notes.length * NOTE_S * 1000 + 200));
}

/** Rings until the returned function is called; a phone also shakes. */
export function ring(): () => void {
  const once = (): void => {
    void chime();
    navigator.vibrate?.([220, 80, 220]);
  };
  once();
  const timer = setInterval(once, PERIOD_MS);
  return () => {
    clearInterval(timer);
    navigator.vibrate?.(0);
  };
}
