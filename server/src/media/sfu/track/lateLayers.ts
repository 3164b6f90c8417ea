import type { types as ms } from 'mediasoup';

/**
 * How long, ms, the worker has to take a better layer by itself. Until a publisher's third sender report, some three
 * seconds after they began, it can't; so the first pushes come at this pace, and each one after them waits twice as
 * long.
 */
const PATIENCE_MS = 1_500;
const QUICK_PUSHES = 3;
const MOST_PUSHES = 6;

type Watched = Pick<
  ms.Consumer,
  | 'on'
  | 'observer'
  | 'type'
  | 'kind'
  | 'closed'
  | 'paused'
  | 'producerPaused'
  | 'preferredLayers'
  | 'currentLayers'
  | 'score'
  | 'setPreferredLayers'
>;

/**
 * Makes the worker look again for the layer that a viewer should have. It looks when a layer's first sender report
 * comes, but can use the layer only from the packet after it; one that begins late, as a publisher's line grows, would
 * stay unused. And when the layer that a viewer has is given up before the others can be used, it looks once, finds
 * none, and never again.
 */
export function watchLateLayers(consumer: Watched): void {
  if (consumer.kind !== 'video' || consumer.type !== 'simulcast') return;
  let timer: NodeJS.Timeout | undefined;
  let pushes = 0;

  const look = () => {
    if (timer !== undefined || pushes >= MOST_PUSHES || !isBehind(consumer)) return;
    timer = setTimeout(push, PATIENCE_MS * 2 ** Math.max(0, pushes + 1 - QUICK_PUSHES));
    timer.unref();
  };
  const push = () => {
    timer = undefined;
    const { preferredLayers, currentLayers } = consumer;
    if (!isBehind(consumer) || !preferredLayers) return;
    pushes += 1;
    const other = currentLayers?.spatialLayer ?? (preferredLayers.spatialLayer > 0 ? 0 : 1);
    // The worker looks only when the wish changes. Both requests are on their way before anything else can be.
    const there = consumer.setPreferredLayers({ ...preferredLayers, spatialLayer: other });
    const back = consumer.setPreferredLayers(preferredLayers);
    Promise.all([there, back]).then(look, () => {});
  };

  consumer.on('score', look);
  consumer.on('layerschange', () => {
    pushes = 0;
    clearTimeout(timer);
    timer = undefined;
    look();
  });
  consumer.observer.on('close', () => clearTimeout(timer));
}

/** A layer that they should have, or one nearer to it than what they get, is there; or any, where they get none. */
function isBehind(consumer: Watched): boolean {
  if (consumer.closed || consumer.paused || consumer.producerPaused) return false;
  // The library copies each of these whenever it is asked, which in a cut is once for every viewer.
  const { preferredLayers, currentLayers, score } = consumer;
  if (!preferredLayers) return false;
  const scores = score.producerScores;
  const better = currentLayers
    ? scores.slice(currentLayers.spatialLayer + 1, preferredLayers.spatialLayer + 1)
    : scores;
  return better.some((s) => s > 0);
}
