import type { Locator } from '@playwright/test';

/** What a legend says: each class in its words, with its colour. @param swatch that has the colour */
export const legendOf = (classes: Locator, swatch: string): Promise<readonly string[]> =>
  classes.evaluateAll(
    (lines, which) =>
      lines.flatMap((line) => {
        const colour = line.querySelector(which);
        return colour ? [`${line.textContent?.trim()} ${getComputedStyle(colour).backgroundColor}`] : [];
      }),
    swatch,
  );

/** Of a canvas, the colour that most of the places around the middle of each label have. @param of what a label is of */
export const coloursOf = (map: Locator, label: string, of: readonly string[]): Promise<Record<string, string>> =>
  map.evaluate(
    (ground, [which, names]) => {
      const canvas = ground.querySelector('canvas');
      const pen = canvas?.getContext('2d');
      if (!canvas || !pen) throw new Error('there is no canvas');
      const box = canvas.getBoundingClientRect();
      const scale = canvas.width / box.width;
      const found: Record<string, string> = {};
      for (const one of ground.querySelectorAll(which)) {
        const said = one.getAttribute('aria-label') ?? one.textContent ?? '';
        const name = names.find((each) => said.includes(each));
        if (name === undefined || name in found) continue;
        const { left, top, width, height } = one.getBoundingClientRect();
        const [x, y] = [(left + width / 2 - box.left) * scale, (top + height / 2 - box.top) * scale];
        const { data } = pen.getImageData(Math.round(x) - 3, Math.round(y) - 3, 7, 7);
        const counts = new Map<string, number>();
        for (let i = 0; i < data.length; i += 4) {
          const colour = `${data[i]},${data[i + 1]},${data[i + 2]}`;
          counts.set(colour, (counts.get(colour) ?? 0) + 1);
        }
        found[name] = [...counts].toSorted(([, a], [, b]) => b - a)[0]?.[0] ?? '';
      }
      return found;
    },
    [label, of] as const,
  );
