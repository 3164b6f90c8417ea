import { mkdir, readFile, writeFile } from 'node:fs/promises';
import type { Page } from '@playwright/test';

/** Pictures of the run before: what differs is listed, and the former one is kept beside it. */
export class Former {
  readonly #folder: URL;
  readonly #changed: (readonly [name: string, share: number | undefined])[] = [];
  #looked = 0;

  constructor(folder: URL) {
    this.#folder = folder;
  }

  /** Takes the place of the former picture. @param tab compares, since a browser reads pictures */
  async replace(name: string, picture: Buffer, tab: Page): Promise<void> {
    const file = new URL(`${name}.png`, this.#folder);
    const before = await readFile(file).catch(() => undefined);
    this.#looked++;
    const share = before && (before.equals(picture) ? 0 : await shareOf(tab, before, picture));
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

/** The share of pixels that look different; 1 when the sizes do. */
const shareOf = (tab: Page, before: Buffer, after: Buffer): Promise<number> =>
  tab.evaluate(
    async ([unseen, ...sources]) => {
      const [a, b] = (await Promise.all(
        sources.map(async (source) => {
          const bitmap = await createImageBitmap(await (await fetch(`data:image/png;base64,${source}`)).blob());
          const draw = new OffscreenCanvas(bitmap.width, bitmap.height).getContext('2d');
          draw?.drawImage(bitmap, 0, 0);
          return draw?.getImageData(0, 0, bitmap.width, bitmap.height);
        }),
      )) as [ImageData, ImageData];
      if (a.width !== b.width || a.height !== b.height) return 1;
      let changed = 0;
      for (let i = 0; i < a.data.length; i += 4)
        if ([0, 1, 2].some((c) => Math.abs((a.data[i + c] ?? 0) - (b.data[i + c] ?? 0)) > unseen)) changed++;
      return changed / (a.data.length / 4);
    },
    [UNSEEN, before.toString('base64'), after.toString('base64')] as const,
  );
