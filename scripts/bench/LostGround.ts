import { Closer } from '../../server/src/lib/Closer.ts';
import { trustedCertificate } from '../../server/test/scenarios/reach/reach.ts';
import { Browser } from '../../server/test/support/Browser.ts';
import { freePort } from '../../server/test/support/freePort.ts';
import { Namespace } from '../../server/test/support/Namespace.ts';
import { ServerProcess } from '../../server/test/support/ServerProcess.ts';
import { TlsRelay } from '../../server/test/support/TlsRelay.ts';
import { until } from '../../server/test/support/until.ts';

type Page = Awaited<ReturnType<Browser['page']>>;

const PATIENCE = { timeout: 60_000 };
/** Until a page has said it, or never will, ms. */
const SAID_MS = 40_000;
const NAME = 'UBND phường Tân Định';

/** Where a page says it, and of which page. */
interface Place {
  readonly name: string;
  readonly page: Page;
  readonly within: string;
}

/** The speaker's page in a browser at another computer. */
export class Speaker {
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
  }

  /** Its renderer, as when the tab runs out of memory. */
  killTab(): void {
    this.#page.goto('chrome://crash').catch(() => undefined);
  }

  async mute(): Promise<void> {
    for (const name of ['Tắt hình', 'Tắt tiếng'])
      await this.#page.getByRole('button', { name, exact: true }).first().click(PATIENCE);
  }
}

/** A briefing on air: leader, moderator, a commune, a screen; and another computer, at which the speaker sits. */
export class LostGround {
  readonly #closer: Closer;
  readonly #ns: Namespace;
  readonly #server: ServerProcess;
  readonly #argument: string;
  readonly #pm: Page;
  readonly #viewer: Page;
  readonly #places: readonly Place[];
  #far: Browser | undefined;
  /** Of the speaker's computer. */
  #cookies: Awaited<ReturnType<ReturnType<Page['context']>['cookies']>> = [];

  static async create(): Promise<LostGround> {
    const closer = new Closer((name, error) => console.error(`closing ${name} failed: ${error}`));
    try {
      const ns = closer.own('namespace', new Namespace());
      const [port, mediaPort] = [await freePort(), await freePort()];
      const env = { HOST: ns.here, PORT: `${port}`, MEDIA_PORT: `${mediaPort}` };
      const { cert, key, argument } = await trustedCertificate(ns.relay);
      const url = `https://${ns.relay}:${port}`;
      const server = closer.own(
        'server',
        await ServerProcess.create({ ...env, PUBLIC_URL: url, TRUST_PROXY: ns.relay }),
      );
      closer.own('relay', await TlsRelay.open(ns.relay, { address: ns.here, port, cert, key }, 0));
      const near = closer.own('browser near', await Browser.open({ host: ns.here, args: [argument] }));
      const [pm, moderator, viewer, wall] = [
        await open(near, url),
        await open(near, url),
        await open(near, url),
        await open(near, url),
      ];
      const ground = new LostGround(closer, { ns, server, argument, pm, moderator, viewer, wall });
      await ground.#begin(url, { moderator, wall });
      return ground;
    } catch (error) {
      await closer.close();
      throw error;
    }
  }

  private constructor(
    closer: Closer,
    parts: {
      ns: Namespace;
      server: ServerProcess;
      argument: string;
      pm: Page;
      moderator: Page;
      viewer: Page;
      wall: Page;
    },
  ) {
    this.#closer = closer;
    this.#ns = parts.ns;
    this.#server = parts.server;
    this.#argument = parts.argument;
    this.#pm = parts.pm;
    this.#viewer = parts.viewer;
    this.#places = [
      { name: 'caller, clock of the call', page: parts.pm, within: '.running-call' },
      { name: 'caller, stage', page: parts.pm, within: '.stage' },
      { name: 'moderator, clock of the call', page: parts.moderator, within: '.running-call' },
      { name: 'moderator, stage', page: parts.moderator, within: '.stage' },
      { name: 'commune', page: parts.viewer, within: '.stage' },
      { name: 'screen', page: parts.wall, within: '.stage' },
    ];
  }

  async #begin(url: string, { moderator, wall }: { moderator: Page; wall: Page }): Promise<void> {
    await enter(this.#viewer, this.#link('commune', 1));
    await moderator.goto(this.#link('moderator'), PATIENCE);
    await enter(this.#pm, this.#link('Prime'));
    await press(this.#pm, 'Bắt đầu phát');
    await wall.goto(`${url}/programme`, PATIENCE);
    await wall.locator('.screen-code').waitFor(PATIENCE);
    const code = ((await wall.locator('.screen-code').textContent()) ?? '').replace(/\D/g, '');
    await press(moderator, /Chỉ đạo và hồ sơ/);
    await moderator.locator('.desk-bar').getByRole('button', { name: 'Màn hình' }).click(PATIENCE);
    await moderator.getByLabel('Mã 8 số trên màn hình').fill(code, PATIENCE);
    await moderator.getByLabel('Tên màn hình').fill('Tường hình', PATIENCE);
    await press(moderator, 'Ghép màn hình');
    await wall.locator('.programme .stage').waitFor(PATIENCE);
    await moderator.reload(PATIENCE);
    await moderator.locator('.stage').waitFor(PATIENCE);
  }

  /** The speaker comes in a new browser, answers a call of the leader, and is seen. */
  async onAir(): Promise<Speaker> {
    const executable = this.#ns.program(process.env.CHROMIUM ?? '/usr/bin/chromium');
    const far = await Browser.open({ host: this.#ns.here, executable, args: [this.#argument] });
    this.#far = far;
    const page = await open(far, this.#link('commune', 0));
    // A link belongs to the browser that used it first.
    await page.context().addCookies(this.#cookies);
    await enter(page, this.#link('commune', 0));
    this.#cookies = await page.context().cookies();
    const field = this.#pm.getByRole('combobox').first();
    await field.fill('tan dinh', PATIENCE);
    await this.#pm.getByRole('option').first().filter({ hasText: 'Tân Định' }).waitFor(PATIENCE);
    await field.press('Enter');
    await press(this.#pm, /^Gọi phường Tân Định/);
    await press(page, 'Nhận cuộc gọi');
    const video = this.#viewer.locator('.stage .tile').filter({ hasText: NAME }).locator('video');
    await video.waitFor(PATIENCE);
    await until(
      'the speaker is seen',
      () => video.evaluate((v) => (v as unknown as { videoWidth: number }).videoWidth > 0),
      60_000,
    );
    return new Speaker(page);
  }

  async offAir(): Promise<void> {
    this.#ns.inside('nft', 'flush', 'ruleset');
    await press(this.#pm, 'Kết thúc cuộc gọi');
    await this.#viewer
      .locator('.stage .tile')
      .filter({ hasText: NAME })
      .waitFor({ ...PATIENCE, state: 'detached' });
    this.#ns.killAll();
    await this.#far?.close().catch(() => undefined);
    this.#far = undefined;
  }

  /** Every process of it, as when somebody ends it by hand. */
  killBrowser(): void {
    this.#ns.killAll();
  }

  /** Nothing comes or goes any more, and nobody is told. */
  cut(): void {
    this.#ns.inside('nft', 'add table inet cut');
    for (const hook of ['input', 'output'])
      this.#ns.inside('nft', `add chain inet cut ${hook} { type filter hook ${hook} priority 0; policy drop; }`);
  }

  /** @returns for each place how many ms after it began to happen it said so */
  async told(happen: () => Promise<unknown> | unknown): Promise<ReadonlyMap<string, number>> {
    const said = this.#places.map(async ({ name, page, within }) => [name, await saidAt(page, within)] as const);
    await happen();
    const from = Date.now();
    return new Map((await Promise.all(said)).map(([name, at]) => [name, at - from]));
  }

  async isToldWithin(ms: number): Promise<boolean> {
    const from = Date.now();
    const said = this.#places.map(({ page, within }) => saidAt(page, within).then(Boolean));
    return Promise.race([...said, new Promise<boolean>((done) => setTimeout(done, from + ms - Date.now(), false))]);
  }

  async close(): Promise<void> {
    this.#ns.killAll();
    await this.#far?.close().catch(() => undefined);
    await this.#closer.close();
  }

  #link(who: string, nr = 0): string {
    return this.#server.links.filter((link) => link.who.startsWith(who))[nr]?.url ?? '';
  }
}

async function open(browser: Browser, url: string): Promise<Page> {
  const page = await browser.page();
  await page.context().grantPermissions(['camera', 'microphone'], { origin: new URL(url).origin });
  await page.addInitScript(() => localStorage.setItem('dh.devices', JSON.stringify({ capture: 'light' })));
  return page;
}

async function enter(page: Page, link: string): Promise<void> {
  await page.goto(link, PATIENCE);
  await press(page, 'Vào phòng họp').catch(async (cause: unknown) => {
    throw new Error(`nobody gets in: ${await page.evaluate('document.body.innerText')}`, { cause });
  });
  await page.locator('.stage').waitFor(PATIENCE);
}

const press = (page: Page, name: string | RegExp): Promise<void> =>
  page.getByRole('button', { name }).first().click(PATIENCE);

/** Resolves with the moment in which a page first says so there, by the clock that all of this machine have. */
const saidAt = (page: Page, within: string): Promise<number> =>
  page.evaluate<number>(`new Promise((told, fail) => {
    const until = Date.now() + ${SAID_MS};
    const look = () => {
      const said = [...document.querySelectorAll('${within}')].some((one) => one.textContent?.includes('Mất tín hiệu từ'));
      if (said) told(Date.now());
      else if (Date.now() > until) fail(new Error('${within} never said it'));
      else setTimeout(look, 10);
    };
    look();
  })`);
