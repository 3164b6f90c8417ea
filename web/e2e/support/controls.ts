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
