/**
 * Follows how loud a sound is, root mean square of full scale, once for each frame of the screen.
 * @returns what ends it
 */
export function followLevel(sound: MediaStreamTrack, onLevel: (level: number, now: number) => void): () => void {
  const context = new AudioContext();
  void context.resume();
  const analyser = new AnalyserNode(context, { fftSize: 1024 });
  context.createMediaStreamSource(new MediaStream([sound])).connect(analyser);
  const samples = new Float32Array(analyser.fftSize);
  let frame = requestAnimationFrame(function look(now) {
    analyser.getFloatTimeDomainData(samples);
    onLevel(Math.sqrt(samples.reduce((sum, x) => sum + x * x, 0) / samples.length), now);
    frame = requestAnimationFrame(look);
  });
  return () => {
    cancelAnimationFrame(frame);
    void context.close();
  };
}

/** Speech over this counts as heard. */
export const HEARD = 0.02;
