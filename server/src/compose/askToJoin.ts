import { request as plain } from 'node:http';
import { request as secure } from 'node:https';
import { z } from 'zod';
import { asking } from '../cluster/joining/seal.ts';
import { StartRefusal } from '../lib/StartRefusal.ts';
import { problemSchema } from '../protocol/errors.ts';
import { clusterJoinAnswerSchema } from '../protocol/joining.ts';
import { type JoinPackage, joinPackageSchema } from './joinPackage.ts';

const WITHIN_MS = 10_000;
const LARGEST_ANSWER = 2_000_000;

/** The node that was named cannot be asked now; it may be dead, and this one goes on with what it was told before. */
export class NodeAway extends Error {}

interface Answer {
  readonly status: number;
  readonly text: string;
}

/**
 * NJ2: asks the node at `url`. Whose certificate answers does not matter: neither question nor answer says anything to who
 * does not know the secret. @throws StartRefusal, NodeAway
 */
export async function askToJoin(url: string, secret: string): Promise<JoinPackage> {
  const { ask, open } = asking(secret);
  const { status, text } = await post(new URL('/api/cluster/join', url), JSON.stringify(ask)).catch((cause) => {
    throw new NodeAway(`the node at ${url} does not answer (${cause.code ?? cause.message})`, { cause });
  });
  // NJ5: refused for a while, it goes on with what it was told before.
  if (status >= 500 || status === 429) throw new NodeAway(`the node at ${url} cannot answer now (status ${status})`);
  const answer = clusterJoinAnswerSchema.safeParse(jsonOf(text));
  if (status !== 200 || !answer.success) throw refusal(url, status, text);
  const opened = open(answer.data);
  if (opened === undefined)
    throw new StartRefusal(
      `whoever answers at ${url} does not know the secret of this cluster, and was told nothing: correct the address, or find out who is in between`,
    );
  const told = joinPackageSchema.safeParse(jsonOf(opened));
  if (told.success) return told.data;
  throw new StartRefusal(
    `the node at ${url} is of another version (${z.prettifyError(told.error)}): bring both to the same`,
  );
}

function refusal(url: string, status: number, text: string): StartRefusal {
  const said = problemSchema.safeParse(jsonOf(text)).data?.error;
  if (said?.reason === 'forbidden')
    return new StartRefusal(
      `the node at ${url} has another secret of the cluster: bring its file, and name it in CLUSTER_SECRET_FILE`,
    );
  if (said?.reason === 'conflict') return new StartRefusal(`the node at ${url} cannot be joined: ${said.message}`);
  if (status === 404)
    return new StartRefusal(
      `the node at ${url} lets no other one work beside it: start it with npm start -- --share ADDRESS, or ALLOW_SECOND_NODE=on`,
    );
  if (status >= 300 && status < 400 && url.startsWith('http:'))
    return new StartRefusal(`the node at ${url} wants TLS: write https:// in the place of http://`);
  return new StartRefusal(`at ${url} answers nobody that can be joined (status ${status}): correct the address`);
}

function post(url: URL, body: string): Promise<Answer> {
  const headers = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) };
  const options = { method: 'POST', headers, timeout: WITHIN_MS, agent: false };
  return new Promise((resolve, reject) => {
    const asked =
      url.protocol === 'https:' ? secure(url, { ...options, rejectUnauthorized: false }) : plain(url, options);
    asked.once('timeout', () => asked.destroy(new Error('nothing within 10 s')));
    asked.once('error', reject);
    asked.once('response', (response) => {
      let text = '';
      response.setEncoding('utf8');
      response.on('data', (piece: string) => {
        text += piece;
        if (text.length > LARGEST_ANSWER) asked.destroy(new Error('an endless answer'));
      });
      response.once('error', reject);
      response.once('end', () => resolve({ status: response.statusCode ?? 0, text }));
    });
    asked.end(body);
  });
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
