import { assertNever } from '../../lib/assertNever.ts';
import type { Scene } from '../../protocol/scene.ts';
import type { Framing, PictureCap } from '../shared/stage.ts';

/** Beside a large picture, or shown nowhere. */
const SMALL: PictureCap = { layers: 1 };

/**
 * PN11: what is forwarded of whom at most. With the layers that sfu-config asks for (140, 450 and 1700 kbit/s, of which
 * the first two of three temporal layers are six tenths) a gallery of 4 is 1.1 Mbit/s, of 9 1.3 and of 16 1.4. Pure.
 */
export function framingOf(scene: Scene, onStage: readonly string[]): Framing {
  const caps = new Map<string, PictureCap>(onStage.map((identity) => [identity, SMALL]));
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
      if (scene.face !== null) caps.set(scene.face, { layers: 2 });
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
  return people <= 9 ? { layers: 1 } : { layers: 1, halfFrames: true };
}
