import type { StagedFigures } from '../../../protocol/figureStage.ts';
import { keptOf } from './StagedPictures.ts';

/** FG103: what of figures all in a briefing have before them. */
export interface SeenFrame {
  readonly version: number;
  readonly n: number;
  readonly sha256: string;
  /** null: it is kept already. */
  readonly bytes: Buffer | null;
}

/** Of a briefing; undefined: no figures are before all. */
export type SeenIn = (briefing: string) => SeenFrame | undefined;

interface Told {
  readonly notice: StagedFigures;
  /** Made when somebody first acts, and the same for all who do until something moves. */
  frame: SeenFrame | undefined;
}

/** What this node has told everybody of figures on stages last. */
export class StageFrames {
  readonly #told = new Map<string, Told>();
  readonly #isShown: (briefing: string) => boolean;

  /** @param isShown whether figures are what is shown beside people */
  constructor(isShown: (briefing: string) => boolean) {
    this.#isShown = isShown;
  }

  told(notice: StagedFigures): void {
    if (notice.shown) this.#told.set(notice.briefing, { notice, frame: undefined });
    else this.#told.delete(notice.briefing);
  }

  forget(briefing: string): void {
    this.#told.delete(briefing);
  }

  readonly seen: SeenIn = (briefing) => {
    const told = this.#told.get(briefing);
    if (!told || !this.#isShown(briefing)) return undefined;
    told.frame ??= frameOf(told.notice);
    return told.frame;
  };
}

function frameOf({ version, shown }: StagedFigures): SeenFrame | undefined {
  if (!shown) return undefined;
  const { depth, picture, content } = shown;
  const { n } = picture;
  // FG65: units by name stand as they were put there.
  return depth === 'communes'
    ? { version, n, sha256: content, bytes: null }
    : { version, n, ...keptOf({ picture, communes: null }) };
}
