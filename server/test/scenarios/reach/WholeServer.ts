import type { TestContext } from 'node:test';
import type { Page } from 'playwright-core';
import { Closer } from '../../../src/lib/Closer.ts';
import { Browser } from '../../support/Browser.ts';
import { freePort } from '../../support/freePort.ts';
import { Namespace } from '../../support/Namespace.ts';
import { ServerProcess } from '../../support/ServerProcess.ts';
import { TlsRelay } from '../../support/TlsRelay.ts';
import { UdpRelay } from '../../support/UdpRelay.ts';
import { trustedCertificate } from './reach.ts';

/** Each way, for page and media. */
const DELAY_MS = 75;

/** A whole server at the far end of a line, by HTTPS, with a browser here and one on another computer. */
export class WholeServer {
  readonly closer: Closer;
  readonly ns: Namespace;
  readonly server: ServerProcess;
  /** Where everybody opens it. */
  readonly url: string;
  /** Of the server itself, without the line. */
  readonly here: string;
  readonly near: Browser;
  readonly far: Browser;

  /** Everything closes with the test, last first. */
  static async open(t: TestContext): Promise<WholeServer> {
    const closer = new Closer((name, error) => t.diagnostic(`closing ${name} failed: ${error}`));
    t.after(() => closer.close());
    const ns = closer.own('namespace', new Namespace());
    const [port, mediaPort] = [await freePort(), await freePort()];
    const url = `https://${ns.relay}:${port}`;
    const env = { HOST: ns.here, PORT: `${port}`, MEDIA_PORT: `${mediaPort}`, MEDIA_ANNOUNCED_ADDRESS: ns.relay };
    const { cert, key, argument } = await trustedCertificate(ns.relay);
    const server = closer.own('server', await ServerProcess.create({ ...env, PUBLIC_URL: url, TRUST_PROXY: ns.relay }));
    closer.own('page relay', await TlsRelay.open(ns.relay, { address: ns.here, port, cert, key }, DELAY_MS));
    closer.own('media relay', await UdpRelay.open(ns.relay, { address: ns.here, port: mediaPort }, DELAY_MS));
    const executable = ns.program(process.env.CHROMIUM ?? '/usr/bin/chromium');
    const [near, far] = await Promise.all([
      Browser.open({ host: ns.here, args: [argument] }),
      Browser.open({ host: ns.here, executable, args: [argument] }),
    ]);
    closer.own('browser near', near);
    closer.own('browser far', far);
    return new WholeServer(closer, ns, server, { url, here: `ws://${ns.here}:${port}`, near, far });
  }

  private constructor(
    closer: Closer,
    ns: Namespace,
    server: ServerProcess,
    where: Pick<WholeServer, 'url' | 'here' | 'near' | 'far'>,
  ) {
    this.closer = closer;
    this.ns = ns;
    this.server = server;
    this.url = where.url;
    this.here = where.here;
    this.near = where.near;
    this.far = where.far;
  }

  /** The address of the personal link that begins so. */
  link(who: string): string {
    const found = this.server.links.find((link) => link.who.startsWith(who));
    if (!found) throw new Error(`no link for ${who}`);
    return found.url;
  }

  /**
   * The principal on air, and a commune that sees them, whose line is poor from then on: what is looked at is what is
   * shown, not how the page came.
   */
  async onPoorLine(pm: Page, commune: Page, patience: { timeout: number }): Promise<void> {
    for (const [page, who] of [
      [pm, 'Prime'],
      [commune, 'commune'],
    ] as const) {
      await page.addInitScript(() => localStorage.setItem('dh.devices', JSON.stringify({ capture: 'light' })));
      await page.goto(this.link(who), patience);
      await page.getByRole('button', { name: 'Vào phòng họp' }).first().click(patience);
    }
    await pm.getByRole('button', { name: 'Bắt đầu phát' }).first().click(patience);
    await commune.locator('.stage .tile video').waitFor(patience);
    this.ns.narrow({ kbit: 300, lossPercent: 2 });
  }

  /** An empty page of that browser that may use camera and microphone, and keeps its connections as `kept`. */
  async page(browser: Browser): Promise<Page> {
    const page = await browser.page();
    await page.context().grantPermissions(['camera', 'microphone'], { origin: this.url });
    await page.addInitScript({ content: keepConnections });
    return page;
  }
}

/** Runs in the page before its own code. */
export const keepConnections = `
  globalThis.kept = [];
  globalThis.RTCPeerConnection = class extends RTCPeerConnection {
    constructor(configuration) {
      super(configuration);
      kept.push(this);
    }
  };`;
