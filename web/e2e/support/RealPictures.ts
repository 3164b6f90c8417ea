import { type Browser, expect, type Page } from '@playwright/test';
import { Former } from './Former.ts';
import type { Person } from './People.ts';
import { folder, isWanted, type Look, looksAt } from './pictures.ts';
import { settled } from './settled.ts';
import { still } from './still.ts';

/** What ends by itself is brought about again after so many pictures, always the same ones. */
interface Passing {
  readonly pictures: number;
  readonly again: () => Promise<void>;
}

/**
 * Pictures of states that nobody made up: pages of people who do what they do, as they then are, in the looks of
 * pictures.ts. Clocks stand still while a picture is taken: what differs from the run before was changed by somebody.
 * A screen in a hall is dark, and has nothing to press.
 */
export class RealPictures<States extends Readonly<Record<string, readonly string[]>>> {
  readonly #states: States;
  readonly #former = new Former(folder);
  /** Reads pictures: the policy of our own pages forbids them that. */
  #reader: Page | undefined;

  /** @param states whose page is looked at in each state */
  constructor(states: States) {
    this.#states = states;
  }

  get isWanted(): boolean {
    return Object.entries(this.#states).some(([state, pages]) =>
      pages.some((page) => this.#looksOf(page, state).some((look) => isWanted(nameOf(page, state, look)))),
    );
  }

  async open(browser: Browser): Promise<void> {
    this.#reader = await browser.newPage();
  }

  async close(): Promise<void> {
    await this.#reader?.close();
    console.log(String(this.#former));
  }

  /** In each look; afterwards the page is as it was. */
  async take(state: keyof States & string, of: Readonly<Record<string, Person>>, passing?: Passing): Promise<void> {
    let taken = 0;
    for (const name of this.#states[state] ?? []) {
      const person = of[name];
      if (!person) throw new Error(`who is ${name} while ${state}?`);
      const { page } = person;
      await quiet(person);
      const before = page.viewportSize();
      const theme = (await page.locator('html').getAttribute('data-theme')) ?? 'light';
      for (const look of this.#looksOf(name, state)) {
        if (!isWanted(nameOf(name, state, look))) continue;
        if (passing && taken % passing.pictures === 0) {
          await choose(person, 'vi', theme);
          await passing.again();
        }
        if (name !== 'screen') await choose(person, look.lang, look.theme);
        await page.setViewportSize(look.viewport);
        await settled(page);
        await this.one(nameOf(name, state, look), page);
        taken++;
      }
      if (name !== 'screen') await choose(person, 'vi', theme);
      if (before) await page.setViewportSize(before);
    }
  }

  /** Of this moment. */
  async one(name: string, page: Page): Promise<void> {
    if (!isWanted(name) || !this.#reader) return;
    const shot = await still(page, () => page.screenshot({ animations: 'disabled' }));
    // Their edges lie between pixels.
    const moving = await page.locator('video, .level').evaluateAll((areas) =>
      areas.map((area) => {
        const { x, y, width, height } = area.getBoundingClientRect();
        return { x: x - 1, y: y - 1, width: width + 2, height: height + 2 };
      }),
    );
    await this.#former.replace(name, shot, this.#reader, moving);
  }

  #looksOf(page: string, state: string): readonly Look[] {
    const looks = looksAt(Object.keys(this.#states).indexOf(state));
    return page === 'screen' ? looks.map((look) => ({ ...look, lang: 'vi', theme: 'dark' })) : looks;
  }
}

const nameOf = (page: string, state: string, { size, lang, theme }: Look): string =>
  `real-${page}-${state}-${size}-${lang}-${theme}`;

/** As somebody at that page chooses it; from within, since a sheet may lie over the header. */
async function choose({ page }: Person, lang: string, theme: string): Promise<void> {
  // The page may be another one in between, and English comes when it is wanted.
  await expect(async () => {
    const shown = await page.evaluate(
      ([language, look]) => {
        const press = (which: string) => document.querySelector<HTMLElement>(`.switches ${which}`)?.click();
        const other = document.querySelector('.switches [lang]')?.getAttribute('lang');
        if (other === language) press('[lang]');
        if (document.documentElement.dataset.theme !== look) press('.wide');
        return [other === 'en' ? 'vi' : 'en', document.documentElement.dataset.theme];
      },
      [lang, theme],
    );
    expect(shown).toEqual([lang, theme]);
  }).toPass({ intervals: [300] });
}

/** What is said in passing would be in some of the pictures. */
async function quiet({ page }: Person): Promise<void> {
  await page.locator('.toast .icon').evaluateAll((closing) => {
    for (const button of closing) (button as HTMLElement).click();
  });
  await expect(page.locator('.toast, .call-outcome')).toHaveCount(0);
}
