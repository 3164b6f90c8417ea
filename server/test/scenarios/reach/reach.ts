import { createHash, X509Certificate } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { AccessToken } from 'livekit-server-sdk';
import { localCertificate } from '../../../src/edge/sharedPort/index.ts';
import { Closer } from '../../../src/lib/Closer.ts';
import { Browser } from '../../support/Browser.ts';
import type { Joinable } from '../../support/JsClient.ts';
import { MediaNode, type MediaNodeOptions } from '../../support/MediaNode.ts';
import { Namespace } from '../../support/Namespace.ts';

/** A server here and a place for browsers on another computer; everything closes with the test, last first. */
export class Reach {
  readonly closer: Closer;
  readonly ns: Namespace;
  readonly node: MediaNode;

  static async open(t: TestContext, options: (ns: Namespace) => Promise<MediaNodeOptions>): Promise<Reach> {
    const closer = new Closer((name, error) => t.diagnostic(`closing ${name} failed: ${error}`));
    t.after(() => closer.close());
    const ns = closer.own('namespace', new Namespace());
    const node = closer.own('node', await MediaNode.start({ host: ns.here, workers: 1, ...(await options(ns)) }));
    return new Reach(closer, ns, node);
  }

  private constructor(closer: Closer, ns: Namespace, node: MediaNode) {
    this.closer = closer;
    this.ns = ns;
    this.node = node;
  }

  async browserHere(): Promise<Browser> {
    return this.closer.own('browser here', await Browser.open({ host: this.ns.here }));
  }

  async browserThere(args: readonly string[] = []): Promise<Browser> {
    const executable = this.ns.program(process.env.CHROMIUM ?? '/usr/bin/chromium');
    return this.closer.own('browser there', await Browser.open({ host: this.ns.here, executable, args }));
  }
}

/** The node as clients see it, by its own address or by another. */
export function joinable(node: MediaNode, url = node.url): Joinable {
  return {
    url,
    async token(identity, room, grant = {}) {
      const token = new AccessToken(node.key, node.secret, { identity, ttl: 600 });
      token.addGrant({ roomJoin: true, room, ...grant });
      return token.toJwt();
    },
  };
}

/** A certificate of our own authority for `host`, and what makes a Chromium trust this one key, as a device would that got our authority. */
export async function trustedCertificate(host: string): Promise<{ cert: Buffer; key: Buffer; argument: string }> {
  const folder = await mkdtemp(join(tmpdir(), 'tls-'));
  try {
    const files = await localCertificate(folder, { must: [host], all: [host] });
    const [cert, key] = await Promise.all([readFile(files.cert), readFile(files.key)]);
    const spki = new X509Certificate(cert).publicKey.export({ type: 'spki', format: 'der' });
    const digest = createHash('sha256').update(spki).digest('base64');
    return { cert, key, argument: `--ignore-certificate-errors-spki-list=${digest}` };
  } finally {
    await rm(folder, { recursive: true });
  }
}
