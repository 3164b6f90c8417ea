import { readFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Browser as Chromium, chromium, type Page } from 'playwright-core';
import { chromiumOptions } from './chromiumOptions.ts';
import { type Joinable, JsClient, type JsJoinOptions } from './JsClient.ts';

/** Resolved when asked for: a test needs only what it uses. */
const scripts: Record<string, () => URL> = {
  '/page.mjs': () => new URL('./page.mjs', import.meta.url),
  '/livekit-client.mjs': () => new URL(import.meta.resolve('livekit-client')),
  '/livekit-client-1.15.mjs': () => new URL(import.meta.resolve('livekit-client-1.15')),
  '/e2ee-worker.mjs': () => new URL(import.meta.resolve('livekit-client/e2ee-worker')),
};
const html = (client: string) =>
  `<!doctype html><meta charset=utf-8><title>client</title><body>
  <script type=importmap>{"imports":{"livekit-client":"/${client}.mjs"}}</script><script type=module src=/page.mjs></script>`;
/** Where the page runs an older livekit-client; anywhere else it runs the one of our own pages. */
const OLD = '/livekit-client-1.15/';

/** The page of all clients; a test may serve it from elsewhere too. */
export async function servePage(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const script = scripts[request.url ?? ''];
  response.setHeader('content-type', script ? 'text/javascript' : 'text/html');
  response.end(
    script ? await readFile(script()) : html(request.url === OLD ? 'livekit-client-1.15' : 'livekit-client'),
  );
}

/** A Chromium for a test file, with fake devices, and a page server on a port of its own (so every request is cross-origin). */
export class Browser {
  readonly #chromium: Chromium;
  readonly #server: Server;
  readonly #clients = new Set<JsClient>();

  /** `executable`: another Chromium, as one in a network namespace; `host`: where its pages are served from. */
  static async open(options: { executable?: string; host?: string; args?: readonly string[] } = {}): Promise<Browser> {
    const host = options.host ?? '127.0.0.1';
    const server = createServer(servePage);
    await new Promise<void>((done) => server.listen(0, host, done));
    const browser = await startChromium(options, origin(server));
    return new Browser(browser, server);
  }

  private constructor(browser: Chromium, server: Server) {
    this.#chromium = browser;
    this.#server = server;
  }

  /** A participant by livekit-client in a browser context of its own. */
  async join(target: Joinable, join: JsJoinOptions): Promise<JsClient> {
    const client = await this.visit(`${origin(this.#server)}${join.old ? OLD : '/'}`);
    await client.join(target, join);
    return client;
  }

  /** Opens the page without joining; `url` when it is served from elsewhere. */
  async visit(url = `${origin(this.#server)}/`): Promise<JsClient> {
    const page = await this.page();
    const client = new JsClient(page);
    this.#clients.add(client);
    await page.goto(url);
    await page.waitForFunction('globalThis.bot !== undefined');
    return client;
  }

  /** An empty page, for whoever opens one that is not ours. */
  async page(): Promise<Page> {
    const context = await this.#chromium.newContext({ viewport: { width: 1366, height: 768 } });
    return context.newPage();
  }

  async close(): Promise<void> {
    for (const client of this.#clients) await client.close();
    await this.#chromium.close();
    this.#server.closeAllConnections();
    await new Promise((done) => this.#server.close(done));
  }
}

/** The one that the files of a stage share, where nothing special is asked of it; else one of its own. */
function startChromium(
  { executable, host, args = [] }: { executable?: string; host?: string; args?: readonly string[] },
  pages: string,
): Promise<Chromium> {
  const { TEST_BROWSER } = process.env;
  if (TEST_BROWSER && !executable && !host && args.length === 0) return chromium.connect(TEST_BROWSER);
  // Only loopback counts as a secure origin by itself; without one there is no microphone.
  const usual = chromiumOptions([`--unsafely-treat-insecure-origin-as-secure=${pages}`, ...args]);
  return chromium.launch({ ...usual, executablePath: executable ?? usual.executablePath });
}

function origin(server: Server): string {
  const { address, port } = server.address() as AddressInfo;
  return `http://${address}:${port}`;
}
