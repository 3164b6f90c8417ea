import { type ChildProcessByStdio, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import { fileURLToPath } from 'node:url';

const PROGRAM = fileURLToPath(new URL('../../../server/test/support/twoNodes/main.ts', import.meta.url));

/** Why the real one cannot be before them here. */
export const noHaProxy: string | undefined = spawnSync(process.env.HAPROXY ?? '/usr/sbin/haproxy', ['-v']).error
  ? "SKIPPED: needs Debian's package haproxy"
  : undefined;

interface Link {
  readonly who: string;
  readonly url: string;
}
type Child = ChildProcessByStdio<Writable, Readable, null>;

/**
 * Two nodes, `one` and `two`, with the people of the demo: whoever connects comes to the first that is ready. With `FRONT: 'haproxy'` the
 * real one is before them, as `deploy/haproxy.cfg` has it.
 */
export class TwoNodes {
  readonly #child: Child;
  readonly #answers: AsyncIterator<unknown>;
  readonly #links: readonly Link[];

  static async start(settings: Record<string, string> = {}): Promise<TwoNodes> {
    // Another story of this process may have built pages, and Vite says production then.
    const env = { ...process.env, NODE_ENV: undefined, ...settings };
    const child = spawn(process.execPath, [PROGRAM], { env, stdio: ['pipe', 'pipe', 'inherit'] });
    const answers = answersOf(child.stdout);
    const { links } = await next<{ links: readonly Link[] }>(answers);
    return new TwoNodes(child, answers, links);
  }

  private constructor(child: Child, answers: AsyncIterator<unknown>, links: readonly Link[]) {
    this.#child = child;
    this.#answers = answers;
    this.#links = links;
  }

  link(who: string): string {
    const found = this.#links.find((link) => link.who.startsWith(who));
    if (!found) throw new Error(`no link for ${who}`);
    return found.url;
  }

  /** From now on whoever connects comes to this one, as long as it is ready. */
  async prefer(node: 'one' | 'two'): Promise<void> {
    await this.#ask(`prefer ${node}`);
  }

  /** From now on whoever connects comes to either, as what is in front of them has it. */
  async preferNone(): Promise<void> {
    await this.#ask('preferNone');
  }

  /** kill -9 */
  async kill(node: 'one' | 'two'): Promise<void> {
    await this.#ask(`kill ${node}`);
  }

  /** As an operator ends it. Resolves when it has sent everybody away, and is over. */
  async end(node: 'one' | 'two'): Promise<void> {
    await this.#ask(`end ${node}`);
  }

  /** One that is over. */
  async start(node: 'one' | 'two'): Promise<void> {
    await this.#ask(`start ${node}`);
  }

  /** It lives, holds its connections, and does nothing until `resume`. */
  async pause(node: 'one' | 'two'): Promise<void> {
    await this.#ask(`pause ${node}`);
  }

  async resume(node: 'one' | 'two'): Promise<void> {
    await this.#ask(`resume ${node}`);
  }

  /** Makes an operator of the whole country. @returns their link */
  operatorLink(name: string): Promise<string> {
    return this.#ask(`operator ${name}`);
  }

  /** Of each unit of Thành phố Hồ Chí Minh that came: its name, how it counts, and when it was away, if it ever was. */
  came(): Promise<readonly string[]> {
    return this.#ask('came');
  }

  /** So many units of the province whose turn is first ask to be let in. @returns a link of the next one */
  crowd(count: number): Promise<string> {
    return this.#ask(`crowd ${count}`);
  }

  /** Those of the crowd, whose time has come, go in at this node, and then come back to it all at once. */
  async crowdBack(node: 'one' | 'two'): Promise<void> {
    await this.#ask(`crowdBack ${node}`);
  }

  /** What is wrong with the record. */
  problems(): Promise<readonly string[]> {
    return this.#ask('problems');
  }

  async stop(): Promise<void> {
    const ended = once(this.#child, 'exit');
    this.#child.stdin.end();
    await ended;
  }

  #ask<T>(line: string): Promise<T> {
    this.#child.stdin.write(`${line}\n`);
    return next<T>(this.#answers);
  }
}

/** What it prints; what servers print themselves is none of it. */
async function* answersOf(output: Readable): AsyncGenerator<unknown> {
  for await (const line of createInterface({ input: output })) {
    if (process.env.E2E_LOG) console.log(`  | ${line}`);
    const answer = parsed(line);
    if (answer !== undefined) yield answer;
  }
}

async function next<T>(answers: AsyncIterator<unknown>): Promise<T> {
  const { value, done } = await answers.next();
  if (done) throw new Error('the two nodes ended');
  if (typeof value === 'object' && value !== null && 'failed' in value) throw new Error(String(value.failed));
  return value as T;
}

function parsed(line: string): unknown {
  try {
    const answer: unknown = JSON.parse(line);
    return typeof answer === 'object' && answer !== null && 'level' in answer ? undefined : answer;
  } catch {
    return undefined;
  }
}
