/** 10 ms of a sine at 48 kHz mono; `at` counts the frames, so that the wave goes on without a click. */
export function sine(hz: number, at: number, amplitude = 0.5): Int16Array {
  const samples = new Int16Array(480);
  for (let i = 0; i < 480; i++) {
    samples[i] = Math.round(amplitude * 32_767 * Math.sin((2 * Math.PI * hz * (at * 480 + i)) / 48_000));
  }
  return samples;
}

/** Power of one frequency in the samples (Goertzel), as a fraction of their whole power: 1 for a pure sine. */
export function share(samples: Int16Array, hz: number, sampleRate: number): number {
  const coefficient = 2 * Math.cos((2 * Math.PI * hz) / sampleRate);
  let [before, last, power] = [0, 0, 0];
  for (const sample of samples) {
    [before, last] = [last, sample + coefficient * last - before];
    power += sample * sample;
  }
  const found = last * last + before * before - coefficient * last * before;
  return power === 0 ? 0 : (2 * found) / (power * samples.length);
}

/** Root mean square of the samples, 0..1. */
export function loudness(samples: Int16Array): number {
  return Math.sqrt(samples.reduce((sum, s) => sum + s * s, 0) / Math.max(1, samples.length)) / 32_767;
}
