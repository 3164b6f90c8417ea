import { readFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Browser as Chromium, chromium } from 'playwright-core';
import { JsClient, type JsJoinOptions } from './JsClient.ts';
import type { Target } from './Target.ts';

const files: Record<string, { readonly type: string; readonly url: URL }> = {
  '/page.mjs': { type: 'text/javascript', url: new URL('./page.mjs', import.meta.url) },
  '/livekit-client.mjs': { type: 'text/javascript', url: new URL(import.meta.resolve('livekit-client')) },
};
const html =
  '<!doctype html><meta charset=utf-8><title>client</title><body><script type=module src=/page.mjs></script>';

/** One Chromium for a test file, with fake devices, and a page server on a port of its own (so every request is cross-origin). */
export class Browser {
  readonly #chromium: Chromium;
  readonly #server: Server;
  readonly #clients = new Set<JsClient>();

  /** `executable`: another Chromium, as one in a network namespace; `host`: where its pages are served from. */
  static async open(options: { executable?: string; host?: string; args?: readonly string[] } = {}): Promise<Browser> {
    const host = options.host ?? '127.0.0.1';
    const server = createServer(async (request, response) => {
      const file = files[request.url ?? ''];
      response.setHeader('content-type', file?.type ?? 'text/html');
      response.end(file ? await readFile(file.url) : html);
    });
    await new Promise<void>((done) => server.listen(0, host, done));
    const browser = await chromium.launch({
      executablePath: options.executable ?? process.env.CHROMIUM ?? '/usr/bin/chromium',
      args: [
        '--no-sandbox',
        '--use-fake-device-for-media-stream',
        '--use-fake-ui-for-media-stream',
        '--autoplay-policy=no-user-gesture-required',
        '--disable-background-timer-throttling',
        '--disable-backgrounding-occluded-windows',
        '--disable-renderer-backgrounding',
        // Only loopback counts as a secure origin by itself; without one there is no microphone.
        `--unsafely-treat-insecure-origin-as-secure=${origin(server)}`,
        ...(options.args ?? []),
      ],
    });
    return new Browser(browser, server);
  }

  private constructor(browser: Chromium, server: Server) {
    this.#chromium = browser;
    this.#server = server;
  }

  /** A participant by livekit-client in a browser context of its own. */
  async join(target: Target, join: JsJoinOptions): Promise<JsClient> {
    const context = await this.#chromium.newContext({ viewport: { width: 1366, height: 768 } });
    const page = await context.newPage();
    const client = new JsClient(page);
    this.#clients.add(client);
    await page.goto(`${origin(this.#server)}/`);
    await page.waitForFunction('globalThis.bot !== undefined');
    await client.join(target, join);
    return client;
  }

  async close(): Promise<void> {
    for (const client of this.#clients) await client.close();
    await this.#chromium.close();
    this.#server.closeAllConnections();
    await new Promise((done) => this.#server.close(done));
  }
}

function origin(server: Server): string {
  const { address, port } = server.address() as AddressInfo;
  return `http://${address}:${port}`;
}
