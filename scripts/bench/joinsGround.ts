import { createHash, X509Certificate } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { hashSecret, newSecret } from '../../server/src/domain/organisation/secrets.ts';
import { Postgres } from '../../server/src/store/postgres/base/Postgres.ts';
import { Browser } from '../../server/test/support/Browser.ts';
import { ChannelClient } from '../../server/test/support/ChannelClient.ts';
import { freePort } from '../../server/test/support/freePort.ts';
import { openNational } from '../../server/test/support/nationalBriefing.ts';
import { ServerProcess } from '../../server/test/support/ServerProcess.ts';
import { Program } from '../../server/test/support/TestNode.ts';
import { testCertificate } from '../../server/test/support/testCertificate.ts';
import { Bots } from '../load/Bots.ts';
import { provideMediaWorker } from '../measure/mediaWorker.ts';
import type { Asked, Ground } from './joinsProtocol.ts';
import { foundCountry } from './rollcallCountry.ts';

const PATIENCE = { timeout: 60_000 };
const SETTLE_MS = 1_500;
/** The line is measured once in an hour, not by everybody who comes in a crowd. */
const NOT_OF_THE_WAY = ['/api/line'];

export interface JoinsGround {
  readonly ground: Ground;
  /** One for each commune. */
  readonly secrets: readonly string[];
  readonly server: ServerProcess;
  /** Where the server says how late its loop is. */
  readonly meter: number;
  /** Paths of PEM files, for whoever serves the same way. */
  readonly certificate: { readonly cert: string; readonly key: string };
  close(): Promise<void>;
}

/** A whole server over TLS with a country of so many communes, whose principal speaks on the stage, with picture and sound. */
export async function openJoinsGround(communes: number): Promise<JoinsGround> {
  await provideMediaWorker();
  const opened: { close(): unknown }[] = [];
  const own = <T extends { close(): unknown }>(thing: T): T => {
    opened.unshift(thing);
    return thing;
  };
  const close = async (): Promise<void> => {
    for (const thing of opened.splice(0)) await thing.close();
  };
  try {
    const certificate = own(await testCertificate());
    const ca = await readFile(certificate.ca, 'utf8');
    // This process trusts it from now on, others from their start.
    setDefaultCACertificates([...getCACertificates('default'), ca]);
    process.env.NODE_EXTRA_CA_CERTS = certificate.ca;
    const meter = await freePort();
    let country: Awaited<ReturnType<typeof foundCountry>> | undefined;
    let secrets: string[] = [];
    const server = own(
      await ServerProcess.create(
        {
          ...{ TLS_CERT: certificate.cert, TLS_KEY: certificate.key, METER_PORT: `${meter}` },
          // How fast they come is what is tried.
          ...{ JOINS_PER_SECOND: '10000', LIVEKIT_API_KEY: '', LIVEKIT_API_SECRET: '' },
        },
        async (databaseUrl) => {
          country = await foundCountry(databaseUrl, communes);
          secrets = await issueLinks(databaseUrl);
        },
        { main: join(import.meta.dirname, 'metered.server.process.ts') },
      ),
    );
    if (!country) throw new Error('the country was not founded');
    const url = server.url.replace('http:', 'https:');
    const program = new Program(url);
    program.token = country.principal.token;
    const briefing = await openNational(program);
    const principal = own(await ChannelClient.open({ url }, program, briefing));
    await principal.act('stage.goLive', {});
    const speakers = own(Bots.speakers());
    const { token } = principal.joined;
    await speakers.stand([{ url, token, room: briefing, key: '', secret: '', bindAddress: '127.0.0.1' }]);
    const [first = '', ...others] = secrets;
    const asked = await askedByPage(`${url}/#l=${first}`, certificate.cert);
    return { ground: { url, briefing, asked }, secrets: others, server, meter, certificate, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** One for each commune. */
async function issueLinks(databaseUrl: string): Promise<string[]> {
  const postgres = await Postgres.create(databaseUrl, () => undefined, 1);
  try {
    const seats = await postgres.query<{ id: string }>(`SELECT id FROM accounts WHERE role = 'seat'`);
    const secrets = seats.map(() => newSecret());
    await postgres.query(
      `INSERT INTO links (account, secret_hash, once)
       SELECT account, hash, false FROM unnest($1::uuid[], $2::bytea[]) l (account, hash)`,
      [seats.map(({ id }) => id), secrets.map(hashSecret)],
    );
    return secrets;
  } finally {
    await postgres.close();
  }
}

/** What Chromium asks for with a commune's page, from the link until it is in the room. */
async function askedByPage(link: string, certificate: string): Promise<Asked> {
  const spki = new X509Certificate(await readFile(certificate)).publicKey.export({ type: 'spki', format: 'der' });
  const digest = createHash('sha256').update(spki).digest('base64');
  const browser = await Browser.open({ args: [`--ignore-certificate-errors-spki-list=${digest}`] });
  try {
    const page = await browser.page();
    await page.context().grantPermissions(['camera', 'microphone'], { origin: new URL(link).origin });
    const protocol = await page.context().newCDPSession(page);
    await protocol.send('Network.enable');
    const connections = new Set<number>();
    const answered: { readonly path: string; readonly isFile: boolean }[] = [];
    let isIn = false;
    protocol.on('Network.responseReceived', ({ response: { url, connectionId, status }, type }) => {
      const { pathname, search, protocol: scheme } = new URL(url);
      if (scheme !== 'https:' || status !== 200) return;
      if (connectionId > 0) connections.add(connectionId);
      if (pathname.endsWith('/join')) isIn = true;
      else if (type !== 'Fetch') answered.push({ path: pathname, isFile: true });
      else if (!isIn) answered.push({ path: pathname + search, isFile: false });
    });
    await page.goto(link, PATIENCE);
    await page.getByRole('button', { name: 'Vào phòng họp' }).click(PATIENCE);
    await page.locator('.stage').first().waitFor(PATIENCE);
    await page.waitForTimeout(SETTLE_MS);
    const of = (isFile: boolean): string[] => [
      ...new Set(answered.filter((one) => one.isFile === isFile).map(({ path }) => path)),
    ];
    return {
      connections: connections.size,
      files: of(true).filter((path) => path !== '/'),
      questions: of(false).filter(
        (path) => !path.includes('/session/') && !NOT_OF_THE_WAY.some((not) => path.startsWith(not)),
      ),
    };
  } finally {
    await browser.close();
  }
}
