import { readFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { type Browser, chromium, type Page } from 'playwright-core';
import { happens } from '../happens.ts';

const { resolve } = createRequire(import.meta.url);
const client = join(resolve('livekit-client'), '../livekit-client.umd.js');

/** A page with livekit-client as `LivekitClient`, in a Chromium with a fake camera and microphone. */
export class ChromiumPage {
  readonly page: Page;
  readonly #browser: Browser;
  readonly #server: Server;

  private constructor(browser: Browser, server: Server, page: Page) {
    this.#browser = browser;
    this.#server = server;
    this.page = page;
  }

  static async create(executablePath = process.env.CHROMIUM ?? '/usr/bin/chromium'): Promise<ChromiumPage> {
    const script = await readFile(client);
    // The browser first: when there is none, nothing is left open.
    const browser = await chromium.launch({
      executablePath,
      args: ['--no-sandbox', '--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream'],
    });
    const server = createServer((request, response) => {
      if (request.url === '/client.js') response.writeHead(200, { 'Content-Type': 'text/javascript' }).end(script);
      else response.writeHead(200, { 'Content-Type': 'text/html' }).end('<script src="/client.js"></script>');
    });
    server.listen(0, '127.0.0.1');
    await happens(server, 'listening');
    const page = await browser.newPage();
    await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
    return new ChromiumPage(browser, server, page);
  }

  async close(): Promise<void> {
    await this.#browser.close();
    this.#server.close();
    this.#server.closeAllConnections();
  }
}
