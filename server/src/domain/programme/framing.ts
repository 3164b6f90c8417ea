import { assertNever } from '../../lib/assertNever.ts';
import { type OnStage, type Scene, SMALL_GALLERY, shownIn, waitingIn } from '../../protocol/scene.ts';
import type { Framing, PictureCap } from '../shared/stage.ts';

/** Beside a large picture. */
const SMALL: PictureCap = { layers: 1 };
/** Shown nowhere, and ready for a cut. */
const WAITING: PictureCap = { layers: 1, halfFrames: true };
const NOTHING: PictureCap = { layers: 0 };

/**
 * PN11: what is forwarded of whom at most. With the layers that sfu-config asks for (140, 450 and 1700 kbit/s, of which
 * the first two of three temporal layers are seven tenths) a gallery of 4 is 1.3 Mbit/s, of 9 1.3 and of 16 1.6, and two
 * who wait for a cut are 0.2. Pure.
 */
export function framingOf(scene: Scene, onStage: readonly OnStage[]): Framing {
  const caps = new Map<string, PictureCap>(onStage.map(({ identity }) => [identity, NOTHING]));
  for (const identity of waitingIn(scene, onStage)) caps.set(identity, WAITING);
  for (const identity of shownIn(scene)) caps.set(identity, SMALL);
  const whole = (...identities: readonly (string | null)[]) => {
    for (const identity of identities) if (identity !== null) caps.delete(identity);
  };
  switch (scene.kind) {
    case 'card':
    case 'nobody':
      break;
    case 'solo':
    case 'strip':
      whole(scene.large);
      break;
    case 'pair':
      whole(scene.left, scene.right);
      break;
    case 'inset':
      whole(scene.large);
      caps.set(scene.small, { layers: 2 });
      break;
    case 'content':
      if (scene.face !== null && !scene.data) caps.set(scene.face, { layers: 2 });
      break;
    case 'gallery':
      for (const identity of scene.people) caps.set(identity, capInGallery(scene.people.length));
      break;
    default:
      return assertNever(scene);
  }
  return caps;
}

function capInGallery(people: number): PictureCap {
  if (people <= 1) return { layers: Number.MAX_SAFE_INTEGER };
  if (people <= 4) return { layers: 2, halfFrames: people > 3 };
  return people <= SMALL_GALLERY ? { layers: 1 } : { layers: 1, halfFrames: true };
}
