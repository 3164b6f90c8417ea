import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, expect, type Page, test } from '@playwright/test';
import react from '@vitejs/plugin-react';
import { build, type InlineConfig, type PreviewServer, preview } from 'vite';
import { groups } from '../../build/groups.ts';
import { smallFonts } from '../../build/smallFonts.ts';

/** The pages with made-up tools of `web/dev`, built as they are shipped and served. */
export class DevPages {
  readonly #server: PreviewServer;
  readonly #folder: string;

  private constructor(server: PreviewServer, folder: string) {
    this.#server = server;
    this.#folder = folder;
  }

  static async create(): Promise<DevPages> {
    const root = new URL('../../dev', import.meta.url).pathname;
    const outDir = await mkdtemp(join(tmpdir(), 'dh-pages-'));
    const resolve = { alias: { '@fontsource/be-vietnam-pro/files': await smallFonts() } };
    const options: InlineConfig = { root, configFile: false, logLevel: 'error', plugins: [react()], resolve };
    const rolldownOptions = { output: { codeSplitting: { groups } } };
    await build({
      ...options,
      build: { outDir, emptyOutDir: true, target: 'es2022', minify: false, rolldownOptions },
    });
    await holdsOrder(outDir);
    return new DevPages(await preview({ ...options, build: { outDir }, preview: { port: 0 } }), outDir);
  }

  /** Of a scene. */
  urlOf(query: string): string {
    return `${this.#server.resolvedUrls?.local[0]}?${query}`;
  }

  /** A scene in a window of that size, with its stage in sight. */
  async open(browser: Browser, query: string, [width, height]: readonly [number, number]): Promise<Page> {
    const page = await browser.newPage({ viewport: { width, height } });
    await page.goto(this.urlOf(query));
    // A sheet may show it once more.
    await expect(page.locator('.stage').first()).toBeVisible();
    return page;
  }

  /** May run twice. */
  async close(): Promise<void> {
    await this.#server.close();
    await rm(this.#folder, { recursive: true, force: true });
  }
}

/** Rules that weigh alike are decided by which comes later: pictures are of the product while styles come in its order. */
async function holdsOrder(outDir: string): Promise<void> {
  const html = await readFile(join(outDir, 'index.html'), 'utf8');
  const [first = ''] = html.match(/(?<=<link rel="stylesheet"[^>]* href=")[^"]+/) ?? [];
  const styles = first && (await readFile(join(outDir, first), 'utf8'));
  const [base, other] = [/^:root/m, /^\./m].map((rule) => styles.search(rule)) as [number, number];
  if (base < 0 || base > other) throw new Error(`${first || 'no style'} comes before the base of all styles`);
}

/** The pages of `web/dev` for the stories of one file: built before the first one, closed after the last. */
export function devPagesOfFile(): Pick<DevPages, 'open' | 'urlOf'> {
  let pages: DevPages | undefined;
  test.beforeAll(async () => {
    pages = await DevPages.create();
  });
  test.afterAll(async () => {
    await pages?.close();
  });
  const built = (): DevPages => {
    if (!pages) throw new Error('the pages are built before the first story');
    return pages;
  };
  return { open: (...which) => built().open(...which), urlOf: (query) => built().urlOf(query) };
}
