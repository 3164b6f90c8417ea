import type { Notes, SimNode } from './SimNode.ts';

/** CL6: also with time to come back to Redis, and to renew. */
const SURE_OF_MS = 7_000;

/** Holds what must never be, whatever the network does. */
export class Witness implements Notes {
  readonly #now: () => number;
  /** Who began to carry under an epoch. */
  readonly #carried = new Map<string, string>();
  /** What each node last knew of each thing. */
  readonly #known = new Map<string, number>();
  /** Stopped until others may count it as dead, and not caught up yet. */
  readonly #fenced = new Set<SimNode>();
  /** By call: who was told that they have it. */
  readonly #taken = new Map<string, string>();
  /** Answers whose devices have a receipt. */
  readonly receipted: { readonly round: string; readonly unit: string }[] = [];
  readonly #entered = new Set<string>();
  readonly counts = {
    ...{ carried: 0, said: 0, fenced: 0, answered: 0, unanswered: 0, news: 0 },
    ...{ taken: 0, receipted: 0, issued: 0, followed: 0 },
  };

  constructor(now: () => number) {
    this.#now = now;
  }

  said(node: SimNode): void {
    this.counts.said += 1;
    if (this.#fenced.has(node)) this.fail(`CL8 ${node.name} was stopped, and says something before it has caught up`);
  }

  heard(node: SimNode): void {
    if (this.#fenced.has(node)) this.fail(`CL8 ${node.name} was stopped, and obeys somebody before it has caught up`);
  }

  /** It was stopped until others may count it as dead, while there were any. */
  mustFence(node: SimNode): void {
    this.#fenced.add(node);
  }

  cut(): void {
    this.counts.fenced += 1;
  }

  caughtUp(node: SimNode): void {
    this.#fenced.delete(node);
  }

  carries(node: SimNode, briefing: string, epoch: number): void {
    this.counts.carried += 1;
    const key = `${briefing} ${epoch}`;
    const other = this.#carried.get(key);
    if (other !== undefined && other !== node.boot) this.fail(`CL30 two nodes carry ${briefing} under epoch ${epoch}`);
    this.#carried.set(key, node.boot);
  }

  lost(node: SimNode, briefing: string, epoch: number): void {
    if (this.#carried.get(`${briefing} ${epoch}`) !== node.boot)
      this.fail(`CL30 ${node.name} loses epoch ${epoch} of ${briefing}, which it never had`);
  }

  knows(node: SimNode, what: string, number: number): void {
    this.counts.news += 1;
    const key = `${node.boot} ${what}`;
    const before = this.#known.get(key) ?? 0;
    if (number < before) this.fail(`${node.name} goes back from ${before} to ${number}: ${what}`);
    this.#known.set(key, number);
  }

  /** CL7: what all others have answered. @param sure those that were living all the time, by the truth of the world */
  answered(asker: SimNode, answers: readonly string[], sure: readonly SimNode[]): void {
    this.counts.answered += 1;
    if (new Set(answers).size < answers.length) this.fail(`CL7 a node has answered ${asker.name} twice`);
    if (answers.includes(asker.boot)) this.fail(`CL7 ${asker.name} has answered itself`);
    for (const node of sure)
      if (node !== asker && !answers.includes(node.boot))
        this.fail(`CL7 ${node.name} is living and was not asked by ${asker.name}`);
  }

  /** A device has been told that the call is theirs. */
  accepted(call: string, identity: string): void {
    this.counts.taken += 1;
    const other = this.#taken.get(call) ?? identity;
    if (other !== identity) this.fail(`SC5 two devices were told that they have one call: ${other} and ${identity}`);
    this.#taken.set(call, identity);
  }

  get taken(): Iterable<readonly [call: string, identity: string]> {
    return this.#taken;
  }

  receipt(round: string, unit: string): void {
    this.counts.receipted += 1;
    this.receipted.push({ round, unit });
  }

  /** DL8: each record is news once. */
  entered(node: SimNode, round: string, what: string): void {
    const key = `${node.boot} ${round} ${what}`;
    if (this.#entered.has(key)) this.fail(`DL8 ${node.name} takes an entry for news twice: ${what}`);
    this.#entered.add(key);
  }

  readonly #issued = new Set<string>();
  /** What units have a receipt for. */
  readonly follows: { readonly directive: string; readonly unit: string; readonly key: string }[] = [];

  /** Directives that somebody was told are issued. */
  get directives(): readonly string[] {
    return [...this.#issued];
  }

  issued(id: string): void {
    if (!this.#issued.has(id)) this.counts.issued += 1;
    this.#issued.add(id);
  }

  followed(directive: string, unit: string, key: string): void {
    this.counts.followed += 1;
    this.follows.push({ directive, unit, key });
  }

  /** DR30: by node, what its devices were told. */
  readonly #told = new Set<string>();

  told(node: SimNode, directive: string, units: readonly string[]): void {
    for (const unit of units) this.#told.add(`${node.boot} ${directive} ${unit}`);
  }

  wasTold(node: SimNode, directive: string, unit: string): boolean {
    return this.#told.has(`${node.boot} ${directive} ${unit}`);
  }

  wrong(node: string, what: string): void {
    this.fail(`${node}: ${what}`);
  }

  fail(why: string): never {
    throw new Error(`after ${Math.round(this.#now())} ms: ${why}`);
  }

  static readonly SURE_OF_MS = SURE_OF_MS;
}
