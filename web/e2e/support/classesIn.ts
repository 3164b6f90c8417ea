import type { Locator } from '@playwright/test';

/** FG164, FG165: what colours of a map mean there. @returns words and colour of each class */
export const classesIn = (legend: Locator): Promise<(readonly [string, string])[]> =>
  legend.locator('li:not(:has(.staged-without, .staged-partly, .staged-before))').evaluateAll((classes) =>
    classes.map((one) => {
      const colour = one.querySelector('span');
      return [one.textContent?.trim() ?? '', colour ? getComputedStyle(colour).backgroundColor : ''] as const;
    }),
  );
