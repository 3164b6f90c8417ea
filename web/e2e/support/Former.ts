import { mkdir, readFile, writeFile } from 'node:fs/promises';
import type { Page } from '@playwright/test';

/** CSS pixels of a page. */
export interface Area {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Pictures of the run before: what differs is listed, and the former one is kept beside it. */
export class Former {
  readonly #folder: URL;
  readonly #changed: (readonly [name: string, share: number | undefined])[] = [];
  #looked = 0;

  constructor(folder: URL) {
    this.#folder = folder;
  }

  /**
   * Takes the place of the former picture.
   * @param tab compares, since a browser reads pictures
   * @param moving where cameras are seen: an edge there is drawn a little elsewhere by each encoder
   */
  async replace(name: string, picture: Buffer, tab: Page, moving: readonly Area[] = []): Promise<void> {
    const file = new URL(`${name}.png`, this.#folder);
    const before = await readFile(file).catch(() => undefined);
    this.#looked++;
    const share = before && (before.equals(picture) ? 0 : await shareOf(tab, before, picture, moving));
    if (share === undefined || share > 0) this.#changed.push([name, share]);
    if (before && share) {
      const former = new URL('former/', this.#folder);
      await mkdir(former, { recursive: true });
      await writeFile(new URL(`${name}.png`, former), before);
    }
    await mkdir(this.#folder, { recursive: true });
    await writeFile(file, picture);
  }

  /** What a reviewer has to look at. */
  toString(): string {
    const lines = [...this.#changed]
      .sort(([, a], [, b]) => (b ?? 2) - (a ?? 2))
      .map(
        ([name, share]) => `${share === undefined ? '    new' : `${(share * 100).toFixed(2).padStart(6)}%`} ${name}`,
      );
    return [`${this.#changed.length} of ${this.#looked} pictures are new or differ:`, ...lines].join('\n');
  }
}

/** A lit pixel of a moving picture or of a font is no difference to a person. */
const UNSEEN = 24;
/** So far from where it was an edge of a moving picture may be, in pixels. */
const REACH = 4;
/** Of a moving picture so small a share is the encoder's. */
const NOISE = 0.001;

/** The share of pixels that look different; 1 when the sizes do. @param before PNG or WebP, as the other one */
export const shareOf = (tab: Page, before: Buffer, after: Buffer, moving: readonly Area[] = []): Promise<number> =>
  tab.evaluate(
    async ({ unseen, reach, noise, sources, moving }) => {
      const [a, b] = (await Promise.all(
        sources.map(async (source) => {
          const bitmap = await createImageBitmap(await (await fetch(`data:;base64,${source}`)).blob());
          const draw = new OffscreenCanvas(bitmap.width, bitmap.height).getContext('2d');
          draw?.drawImage(bitmap, 0, 0);
          return draw?.getImageData(0, 0, bitmap.width, bitmap.height);
        }),
      )) as [ImageData, ImageData];
      if (a.width !== b.width || a.height !== b.height) return 1;
      const differs = (i: number, j: number): boolean =>
        [0, 1, 2].some((c) => Math.abs((a.data[i + c] ?? 0) - (b.data[j + c] ?? 0)) > unseen);
      /** Likewise near there: what has moved by a hair is no difference. */
      const isNear = (x: number, y: number, j: number): boolean => {
        for (let dy = -reach; dy <= reach; dy++)
          for (let dx = -reach; dx <= reach; dx++) {
            const [nx, ny] = [x + dx, y + dy];
            if (nx < 0 || ny < 0 || nx >= a.width || ny >= a.height) continue;
            if (!differs((ny * a.width + nx) * 4, j)) return true;
          }
        return false;
      };
      const moves = (x: number, y: number): boolean =>
        moving.some((area) => x >= area.x && y >= area.y && x < area.x + area.width && y < area.y + area.height);
      let [changed, moved] = [0, 0];
      for (let i = 0; i < a.data.length; i += 4) {
        if (!differs(i, i)) continue;
        const [x, y] = [(i / 4) % a.width, Math.floor(i / 4 / a.width)];
        if (!moves(x, y)) changed++;
        else if (!isNear(x, y, i)) moved++;
      }
      const within = moving.reduce((sum, { width, height }) => sum + width * height, 0);
      return (changed + (moved > noise * within ? moved : 0)) / (a.data.length / 4);
    },
    {
      unseen: UNSEEN,
      reach: REACH,
      noise: NOISE,
      sources: [before.toString('base64'), after.toString('base64')],
      moving: [...moving],
    },
  );
