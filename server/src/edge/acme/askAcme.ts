import { request } from 'node:https';
import { text } from 'node:stream/consumers';
import { z } from 'zod';

const ANSWER_WITHIN_MS = 30_000;
const problemSchema = z.object({ type: z.string(), detail: z.string().default('') });

export interface AcmeAnswer {
  /** Parsed JSON; undefined for anything else. */
  readonly body: unknown;
  readonly text: string;
  readonly location: string | undefined;
  readonly nonce: string | undefined;
}

/** Why there is no certificate, as the server says it. */
export class AcmeError extends Error {
  override readonly name = 'AcmeError';
  /** Without its urn; undefined when it is not the server's word. */
  readonly type: string | undefined;
  readonly nonce: string | undefined;

  constructor(message: string, type?: string, nonce?: string) {
    super(message);
    this.type = type;
    this.nonce = nonce;
  }
}

interface Ask {
  readonly ca?: string | undefined;
  readonly method?: 'GET' | 'HEAD' | 'POST';
  readonly body?: string;
}

/** @throws AcmeError with what the server says is wrong */
export async function askAcme(url: string, { ca, method = 'GET', body }: Ask): Promise<AcmeAnswer> {
  const headers = { 'user-agent': 'dieu-hanh', ...(body !== undefined && { 'content-type': 'application/jose+json' }) };
  const asked = request(url, { method, headers, timeout: ANSWER_WITHIN_MS, ...(ca !== undefined && { ca }) });
  const response = await new Promise<import('node:http').IncomingMessage>((resolve, reject) => {
    asked.once('response', resolve).once('error', reject);
    asked.once('timeout', () => asked.destroy(new Error(`${url} does not answer in ${ANSWER_WITHIN_MS} ms`)));
    asked.end(body);
  });
  const said = await text(response);
  const { 'replay-nonce': header, location, 'content-type': type = '' } = response.headers;
  const nonce = typeof header === 'string' ? header : undefined;
  const json = /json/.test(type) ? (JSON.parse(said || 'null') as unknown) : undefined;
  if ((response.statusCode ?? 500) >= 400) {
    const problem = problemSchema.safeParse(json).data;
    throw new AcmeError(
      problem ? `${problem.detail} (${problem.type})` : `${url} answers ${response.statusCode}`,
      problem?.type.replace('urn:ietf:params:acme:error:', ''),
      nonce,
    );
  }
  return { body: json, text: said, location, nonce };
}
