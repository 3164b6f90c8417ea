import { Counter, type Registry } from 'prom-client';
import { shortAddress } from '../lib/shortAddress.ts';
import type { Reason } from '../protocol/errors.ts';
import type { RefusedTry } from '../protocol/nodes.ts';
import type { Logger } from './logger.ts';
import type { SecurityLog } from './SecurityEvents.ts';

/** One request, or act of the order channel, that was refused. */
export interface Refused {
  readonly way: 'http' | 'channel';
  /** A route or an act by the name that the contract gives it. */
  readonly act: string;
  readonly reason: Reason;
  /** Of the client, whole. */
  readonly address: string;
  /** undefined: of nobody who is known. */
  readonly account:
    | { readonly id: string; readonly name: string; readonly unit: { readonly code: string; readonly name: string } }
    | undefined;
}

/** The server's own state, of which metrics and conditions tell; it is the same for everybody at that moment. */
const OWN: ReadonlySet<Reason> = new Set(['internal', 'draining', 'node-full', 'store-unavailable']);
/** Refused rights: their lines go to the security events too. */
const RIGHTS: ReadonlySet<Reason> = new Set(['forbidden', 'outside-territory', 'foreign-origin']);
/** What is remembered of one node, and lines of one minute; the rest is counted. */
const MOST_TRIES = 500;
const MOST_LINES = 1_000;
/** Of one account, or one network of strangers; what is more is one kind a reason. */
const MOST_OF_ONE = 20;
const OTHERS = 'others';
/** Of one line. */
const MOST_NAMED = 5;

interface Line {
  readonly first: Refused;
  readonly acts: Set<string>;
  readonly addresses: Set<string>;
  count: number;
}

interface Try {
  /** Account, or network of a stranger. */
  readonly who: string;
  readonly refused: Refused;
  readonly first: Date;
  last: Date;
  count: number;
}

/**
 * HT17: who was refused what. One line of the log for each account and reason in a minute, with how often; a metric; and
 * the last few hundred kinds in memory, for operators. A refusal costs two look-ups in maps, whoever sends it and however
 * often.
 */
export class RefusalLog {
  readonly #logger: Logger;
  readonly #security: SecurityLog;
  readonly #counter: Counter<'way' | 'reason'>;
  readonly #now: () => Date;
  #lines = new Map<string, Line>();
  #unnamed = 0;
  /** Least recent first. */
  readonly #tries = new Map<string, Try>();
  /** How many of them are whose. */
  readonly #kinds = new Map<string, number>();

  constructor(parts: { logger: Logger; security: SecurityLog; registry: Registry; now?: () => Date }) {
    this.#logger = parts.logger;
    this.#security = parts.security;
    this.#now = parts.now ?? (() => new Date());
    this.#counter = new Counter({
      name: 'dh_refused_total',
      help: 'Requests and acts of the order channel that were refused, by reason.',
      labelNames: ['way', 'reason'],
      registers: [parts.registry],
    });
  }

  note(refused: Refused): void {
    const { way, reason, account, address } = refused;
    this.#counter.inc({ way, reason });
    if (OWN.has(reason)) return;
    const who = account?.id ?? shortAddress(address);
    this.#addLine(`${who} ${reason}`, refused);
    this.#remember(who, refused);
  }

  /** Who tries everything drives out nobody else: what is more than some kinds of theirs is one. */
  #remember(who: string, refused: Refused): void {
    const own = this.#kinds.get(who) ?? 0;
    const wanted = `${who} ${refused.act} ${refused.reason}`;
    const isKept = this.#tries.has(wanted) || own < MOST_OF_ONE;
    const key = isKept ? wanted : `${who} ${OTHERS} ${refused.reason}`;
    const known = this.#tries.get(key);
    if (!known) this.#kinds.set(who, own + 1);
    this.#tries.delete(key);
    const now = this.#now();
    const kept = isKept ? refused : { ...refused, act: OTHERS };
    this.#tries.set(key, { who, refused: kept, first: known?.first ?? now, last: now, count: (known?.count ?? 0) + 1 });
    if (this.#tries.size > MOST_TRIES) this.#forgetOldest();
  }

  #forgetOldest(): void {
    const [oldest] = this.#tries;
    if (!oldest) return;
    const [key, { who }] = oldest;
    this.#tries.delete(key);
    const left = (this.#kinds.get(who) ?? 1) - 1;
    if (left > 0) this.#kinds.set(who, left);
    else this.#kinds.delete(who);
  }

  #addLine(key: string, refused: Refused): void {
    const line = this.#lines.get(key) ?? { first: refused, acts: new Set(), addresses: new Set(), count: 0 };
    if (line.count === 0 && this.#lines.size >= MOST_LINES) {
      this.#unnamed += 1;
      return;
    }
    this.#lines.set(key, line);
    line.count += 1;
    if (line.acts.size < MOST_NAMED) line.acts.add(refused.act);
    if (line.addresses.size < MOST_NAMED) line.addresses.add(refused.address);
  }

  /** Once a minute, and at the end: the lines of what was refused since. */
  tell(): void {
    const lines = this.#lines;
    this.#lines = new Map();
    for (const { first, acts, addresses, count } of lines.values()) {
      const { account, reason } = first;
      const facts = {
        ...{ account: account?.id ?? null, unit: account?.unit.code ?? null, reason, count },
        ...{ acts: [...acts], addresses: [...addresses] },
      };
      if (RIGHTS.has(reason)) this.#security.warn(facts, 'refused');
      else this.#logger.info(facts, 'refused');
    }
    if (this.#unnamed > 0) this.#logger.warn({ count: this.#unnamed }, 'refused to many more, who are not named');
    this.#unnamed = 0;
  }

  /** What is remembered, newest first; addresses are shortened. */
  list(): RefusedTry[] {
    return [...this.#tries.values()].toReversed().map(({ refused, first, last, count }) => ({
      ...{ way: refused.way, act: refused.act, reason: refused.reason, count },
      account: refused.account?.name ?? null,
      unit: refused.account?.unit.name ?? null,
      address: shortAddress(refused.address),
      ...{ first: first.toISOString(), last: last.toISOString() },
    }));
  }
}
