import type { Page } from '@playwright/test';

/**
 * Controls that are wrong where they stand: cut by an edge, or with something else over their middle.
 * @param within what is looked into
 * @param scrolls lists whose lines may be scrolled away, whole or in part
 * @returns a line each
 */
export const troubled = (page: Page, within: string, scrolls = 'li.hand'): Promise<string[]> =>
  page.evaluate(
    ([where, lists]) => {
      const found: string[] = [];
      const controls = [...document.querySelectorAll<HTMLElement>(where)].flatMap((part) => [
        ...part.querySelectorAll<HTMLElement>('button, select, input, a[href], summary'),
      ]);
      for (const control of controls) {
        const { left, top, right, bottom, width, height } = control.getBoundingClientRect();
        if (width < 2 || height < 2 || !control.checkVisibility({ visibilityProperty: true })) continue;
        const name = `${control.ariaLabel ?? control.textContent?.trim().slice(0, 40)} (${control.className})`;
        const edges = [new DOMRect(0, 0, innerWidth, innerHeight)];
        for (let parent = control.parentElement; parent; parent = parent.parentElement)
          if (getComputedStyle(parent).overflow !== 'visible' && parent !== document.body)
            edges.push(parent.getBoundingClientRect());
        const isCut = edges.some(
          (edge) => left < edge.left - 1 || top < edge.top - 1 || right > edge.right + 1 || bottom > edge.bottom + 1,
        );
        if (isCut) {
          if (!control.closest(lists)) found.push(`${name} is cut`);
          continue;
        }
        const over = document.elementFromPoint((left + right) / 2, (top + bottom) / 2);
        const own = control.closest('label, .field') ?? control;
        if (over && !own.contains(over) && !over.contains(control))
          found.push(`${name} is covered by ${over.outerHTML.slice(0, 120)}`);
      }
      return found;
    },
    [within, scrolls] as const,
  );

/**
 * Buttons over whose middle something else lies after the focus has come to them (WCAG 2.4.11).
 * @param atRest looks at the page as it stands too: what has no bar at its end that it is scrolled under
 */
export const covered = (page: Page, atRest: boolean): Promise<string[]> =>
  page.evaluate((rests) => {
    const isIn = (x: number, y: number, { left, top, right, bottom }: DOMRect): boolean =>
      x > left && x < right && y > top && y < bottom;
    const overIt = (button: HTMLElement): string | undefined => {
      const { left, top, width, height } = button.getBoundingClientRect();
      const [x, y] = [left + width / 2, top + height / 2];
      if (!isIn(x, y, new DOMRect(0, 0, innerWidth, innerHeight))) return undefined;
      for (let parent = button.parentElement; parent; parent = parent.parentElement)
        if (getComputedStyle(parent).overflow !== 'visible' && parent !== document.body)
          if (!isIn(x, y, parent.getBoundingClientRect())) return undefined;
      const over = document.elementFromPoint(x, y);
      if (!over || button.contains(over) || over.contains(button)) return undefined;
      return `${button.ariaLabel ?? button.textContent?.trim().slice(0, 40)}: ${over.outerHTML.slice(0, 120)}`;
    };
    const buttons = [...document.querySelectorAll<HTMLElement>('button, summary, [role=tab]')].filter(
      (button) => button.getBoundingClientRect().width > 2 && button.checkVisibility({ visibilityProperty: true }),
    );
    const before = document.activeElement;
    const found = buttons.flatMap((button) => {
      const over = rests && overIt(button);
      return over ? [`at rest, ${over}`] : [];
    });
    for (const button of buttons) {
      button.focus();
      if (document.activeElement !== button) continue;
      const over = overIt(button);
      if (over) found.push(`with the focus, ${over}`);
    }
    if (before instanceof HTMLElement) before.focus();
    else if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
    scrollTo(0, 0);
    return found;
  }, atRest);

/** Runs in the page. @returns what ends beyond its right edge, unless it is scrolled within something */
export function beyond(): string[] {
  const page = document.scrollingElement as HTMLElement;
  const found = page.scrollWidth > page.clientWidth ? [`the page: ${page.scrollWidth} of ${page.clientWidth}`] : [];
  const scrolls = (element: Element): boolean =>
    /auto|scroll/.test(getComputedStyle(element).overflowX) && element.scrollWidth > element.clientWidth;
  for (const element of document.querySelectorAll('button, input, select, textarea, h1, h2, h3, p, strong, a')) {
    const { right, width, height } = element.getBoundingClientRect();
    // What is for screen readers alone is a pixel high.
    if (right <= window.innerWidth + 1 || width < 2 || height < 2 || !element.checkVisibility()) continue;
    let within = element.parentElement;
    while (within && !scrolls(within)) within = within.parentElement;
    if (!within) found.push(`${element.outerHTML.slice(0, 160)} ends at ${right}`);
  }
  return found;
}

/** Runs in the page. @returns what lies under the sign of a demo */
export function underSign(): string[] {
  const sign = document.querySelector('.demo-sign')?.getBoundingClientRect();
  // A sheet lies over it.
  if (!sign || document.querySelector('dialog[open].full-sheet')) return [];
  const found = new Set<string>();
  for (let y = sign.top + 1; y < sign.bottom; y += 4)
    for (let x = sign.left + 1; x < sign.right; x += 4) {
      const there = document.elementFromPoint(x, y);
      if (there && ![document.documentElement, document.body].includes(there as HTMLElement))
        found.add(there.outerHTML.slice(0, 160));
    }
  return [...found];
}
