import type { KeyObject } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { calculateJwkThumbprint, exportJWK, FlattenedSign, type JWK } from 'jose';
import { z } from 'zod';
import { type AcmeAnswer, AcmeError, askAcme } from './askAcme.ts';

const directorySchema = z.object({ newNonce: z.url(), newAccount: z.url(), newOrder: z.url() });
const orderSchema = z.object({
  status: z.enum(['pending', 'ready', 'processing', 'valid', 'invalid']),
  authorizations: z.array(z.url()),
  finalize: z.url(),
  certificate: z.url().optional(),
  error: z.unknown().optional(),
});
const authorizationSchema = z.object({
  status: z.string(),
  challenges: z.array(
    z.object({ type: z.string(), url: z.url(), token: z.string().optional(), error: z.unknown().optional() }),
  ),
});
/** A token becomes a part of a path. */
const tokenSchema = z.string().regex(/^[A-Za-z0-9_-]{16,128}$/);

const PATIENCE_MS = 120_000;
const LOOK_EVERY_MS = 1_000;
/** A server of several machines may not know each nonce of the others. */
const NONCE_TRIES = 10;

export interface AcmeOptions {
  /** Where the server says what it has; HTTPS. */
  readonly directory: string;
  /** Whose certificate that server's own TLS has, when it is none that Node knows; PEM. */
  readonly ca?: string | undefined;
  /** ECDSA P-256, of the account. */
  readonly accountKey: KeyObject;
  readonly contact?: string | undefined;
  readonly patienceMs?: number;
}

/** Answers the server's question for the time of `work`: `token` → what is found there. */
export type Answering = (answers: ReadonlyMap<string, string>, work: () => Promise<void>) => Promise<void>;

/**
 * What of RFC 8555 a page needs: one account, orders for names of it, proven by http-01. Signatures are jose's. Each
 * answer is parsed before it is believed.
 */
export class AcmeClient {
  readonly #options: AcmeOptions;
  readonly #jwk: JWK;
  readonly #directory: z.output<typeof directorySchema>;
  #nonce: string | undefined;
  #account: string | undefined;

  private constructor(options: AcmeOptions, jwk: JWK, directory: z.output<typeof directorySchema>) {
    this.#options = options;
    this.#jwk = jwk;
    this.#directory = directory;
  }

  /** Makes the account, or finds the one of this key. @throws AcmeError */
  static async create(options: AcmeOptions): Promise<AcmeClient> {
    const { kty, crv, x, y } = await exportJWK(options.accountKey);
    const { body } = await askAcme(options.directory, { ca: options.ca });
    const client = new AcmeClient(options, { kty, crv, x, y } as JWK, directorySchema.parse(body));
    const contact = options.contact ? { contact: [`mailto:${options.contact}`] } : {};
    const answer = await client.#post(client.#directory.newAccount, { termsOfServiceAgreed: true, ...contact });
    client.#account = z.url().parse(answer.location);
    return client;
  }

  /**
   * @param csr DER, for just these names
   * @returns the chain, PEM
   * @throws AcmeError when the server refuses, or does not come to an end in time
   */
  async order(names: readonly string[], csr: Buffer, answering: Answering): Promise<string> {
    const identifiers = names.map((value) => ({ type: 'dns', value }));
    const made = await this.#post(this.#directory.newOrder, { identifiers });
    const url = z.url().parse(made.location);
    const { authorizations, finalize } = orderSchema.parse(made.body);
    const challenges = await Promise.all(authorizations.map((one) => this.#challengeOf(one)));
    const open = challenges.filter((challenge) => challenge !== undefined);
    await answering(new Map(open.map(({ token, answer }) => [token, answer])), async () => {
      for (const challenge of open) await this.#post(challenge.url, {});
      await this.#until(url, authorizations, (status) => status !== 'pending');
    });
    await this.#post(finalize, { csr: csr.toString('base64url') });
    const { certificate } = await this.#until(url, [], (status) => status === 'valid');
    if (certificate === undefined) throw new AcmeError('the order is valid, and has no certificate');
    return (await this.#post(certificate, undefined)).text;
  }

  /** undefined: this name was proven before. */
  async #challengeOf(url: string) {
    const { status, challenges } = authorizationSchema.parse((await this.#post(url, undefined)).body);
    if (status === 'valid') return undefined;
    const found = challenges.find(({ type }) => type === 'http-01');
    if (!found) throw new AcmeError('the server does not offer http-01');
    const token = tokenSchema.parse(found.token);
    return { url: found.url, token, answer: `${token}.${await calculateJwkThumbprint(this.#jwk)}` };
  }

  async #until(url: string, authorizations: readonly string[], isThere: (status: string) => boolean) {
    const until = performance.now() + (this.#options.patienceMs ?? PATIENCE_MS);
    for (;;) {
      const order = orderSchema.parse((await this.#post(url, undefined)).body);
      if (order.status === 'invalid') throw await this.#whyInvalid(authorizations, order.error);
      if (isThere(order.status)) return order;
      if (performance.now() > until) throw new AcmeError(`the order stays ${order.status}`);
      await sleep(LOOK_EVERY_MS);
    }
  }

  async #whyInvalid(authorizations: readonly string[], error: unknown): Promise<AcmeError> {
    const said: unknown[] = [error];
    for (const url of authorizations) {
      const { challenges } = authorizationSchema.parse((await this.#post(url, undefined)).body);
      said.push(...challenges.map((challenge) => challenge.error));
    }
    const known = z.object({ detail: z.string() });
    const details = said.map((one) => known.safeParse(one).data?.detail).filter((one) => one !== undefined);
    return new AcmeError(`the order was refused: ${details.join('; ') || 'no reason is given'}`);
  }

  /** @param payload undefined: to read (POST-as-GET) */
  async #post(url: string, payload: object | undefined, tries = NONCE_TRIES): Promise<AcmeAnswer> {
    this.#nonce ??= (await askAcme(this.#directory.newNonce, { ca: this.#options.ca, method: 'HEAD' })).nonce;
    const nonce = this.#nonce;
    this.#nonce = undefined;
    const who = this.#account === undefined ? { jwk: this.#jwk } : { kid: this.#account };
    const bytes = new TextEncoder().encode(payload === undefined ? '' : JSON.stringify(payload));
    const signed = await new FlattenedSign(bytes)
      .setProtectedHeader({ alg: 'ES256', url, ...(nonce !== undefined && { nonce }), ...who })
      .sign(this.#options.accountKey);
    try {
      const answer = await askAcme(url, { ca: this.#options.ca, method: 'POST', body: JSON.stringify(signed) });
      this.#nonce = answer.nonce;
      return answer;
    } catch (error) {
      if (tries <= 1 || !(error instanceof AcmeError) || error.type !== 'badNonce') throw error;
      this.#nonce = error.nonce;
      return this.#post(url, payload, tries - 1);
    }
  }
}
