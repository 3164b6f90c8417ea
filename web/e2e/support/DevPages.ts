import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import react from '@vitejs/plugin-react';
import { build, type InlineConfig, type PreviewServer, preview } from 'vite';
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
    await build({ ...options, build: { outDir, emptyOutDir: true, target: 'es2022', minify: false } });
    return new DevPages(await preview({ ...options, build: { outDir }, preview: { port: 0 } }), outDir);
  }

  /** Of a scene. */
  urlOf(query: string): string {
    return `${this.#server.resolvedUrls?.local[0]}?${query}`;
  }

  /** May run twice. */
  async close(): Promise<void> {
    await this.#server.close();
    await rm(this.#folder, { recursive: true, force: true });
  }
}
