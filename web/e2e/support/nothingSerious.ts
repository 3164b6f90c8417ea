import AxeBuilder from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';

/**
 * axe finds nothing serious. It loads no style sheets by itself (no rule that runs here asks for them): one whose rules
 * it could not read it would put into the page as an inline style, which the page's own policy then reports. It tells
 * what is wrong alone, not all that is well, and judges in the page itself, which has no frames: to carry everything
 * into an empty page and back took longer than to look.
 */
export async function nothingSerious(page: Page): Promise<void> {
  const options = { preload: { assets: ['media'] }, resultTypes: ['violations' as const] };
  const { violations } = await new AxeBuilder({ page }).options(options).setLegacyMode().analyze();
  const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
  expect(serious.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)).toEqual([]);
}
