import type { Api } from '../../api/Api.ts';
import type { ApiError } from '../../api/ApiError.ts';
import type { Channel } from '../../api/channel/Channel.ts';
import type { Account, Directive, Follow, FollowAct, Receipt } from '../../api/contract.ts';
import type { OutboxEntry } from '../../api/outbox/outboxEntry.ts';
import { fullJitter } from '../../lib/jitter.ts';
import { Store } from '../../lib/Store.ts';
import type { OutboxTools } from '../../session/OutboxContext.tsx';
import { directiveApi } from '../directiveApi.ts';
import type { ActName, InboxItem } from '../openActs.ts';

/** What a person does with a directive; the key is the inbox's. */
export type OwnAct = FollowAct extends infer A ? (A extends { key: string } ? Omit<A, 'key'> : never) : never;

export interface InboxState {
  /** stale: what is shown may be old, and is read again. */
  readonly phase: 'loading' | 'ready' | 'stale';
  readonly items: ReadonlyMap<string, InboxItem>;
  /** By directive: what was said here and is not recorded yet. */
  readonly unsent: ReadonlyMap<string, ActName>;
  /** By directive: what the server would not record, until somebody has read it. */
  readonly refused: ReadonlyMap<string, { readonly key: string; readonly reason: ApiError['reason'] }>;
  /** By directive: the last act of this page that was recorded, with its receipt. */
  readonly recorded: ReadonlyMap<string, { readonly act: ActName; readonly receipt: Receipt }>;
  /** Whether finished ones were asked for, too. */
  readonly all: boolean;
}

/**
 * Eleven thousand pages learn of a directive in the same second: what they do about it by themselves is spread over
 * this time.
 */
const SPREAD_MS = 3_000;
/** Without an order channel the inbox is read this often, plus jitter. */
const POLL_MS = 60_000;
const quiet: ReadonlySet<ActName> = new Set(['delivered', 'read']);

/** The directives of the own unit, where it stands with them, and what was said here about them. */
export class Inbox {
  readonly state = new Store<InboxState>({
    phase: 'loading',
    items: new Map(),
    unsent: new Map(),
    refused: new Map(),
    recorded: new Map(),
    all: false,
  });
  readonly #api: Pick<Api, 'ask'>;
  readonly #outbox: OutboxTools;
  readonly #unit: Account['unit'];
  readonly #timers = new Set<ReturnType<typeof setTimeout>>();
  /** Said by this page itself, once each. */
  readonly #said = new Set<string>();
  #poll: ReturnType<typeof setTimeout> | undefined;
  #ends: (() => void)[] = [];

  constructor(api: Pick<Api, 'ask'>, outbox: OutboxTools, unit: Account['unit']) {
    this.#api = api;
    this.#outbox = outbox;
    this.#unit = unit;
  }

  /** May follow a `close`. */
  open(): void {
    const hurry = (): void => void this.load();
    window.addEventListener('online', hurry);
    this.#ends = [
      () => window.removeEventListener('online', hurry),
      this.#outbox.carry('directive.act', {
        send: ({ directive, ask }) => directiveApi.act(this.#api, directive, ask),
      }),
      this.#outbox.state.subscribe(() => this.#look()),
    ];
    this.#look();
    void this.load();
  }

  close(): void {
    for (const end of this.#ends) end();
    this.#ends = [];
    clearTimeout(this.#poll);
    for (const timer of this.#timers) clearTimeout(timer);
    this.#timers.clear();
    // What it meant to say is said by the next one.
    this.#said.clear();
  }

  /** In a briefing the order channel tells what is new. @returns what ends it */
  hear(channel: Pick<Channel, 'on'>): () => void {
    const ends = [
      channel.on('directive', (directive) => this.#take(directive)),
      channel.on('directive.follow', (follow) => this.#takeFollow(follow)),
    ];
    return () => {
      for (const end of ends) end();
    };
  }

  async load(attempt = 0): Promise<void> {
    if (this.#ends.length === 0) return;
    clearTimeout(this.#poll);
    const { all } = this.state.get();
    let next = POLL_MS * (0.5 + Math.random());
    try {
      const found = await directiveApi.inbox(this.#api, !all);
      const items = new Map(this.state.get().items);
      for (const { directive, follow } of found) if (follow) items.set(directive.id, { directive, follow });
      this.state.set({ phase: 'ready', items });
      for (const { directive, follow } of found) if (follow?.state === 'sent') this.#delivered(directive.id);
      this.#outbox.hurry('directive.act');
    } catch {
      this.state.set({ phase: 'stale' });
      next = fullJitter(attempt) + 500;
      attempt++;
    }
    if (this.#ends.length > 0) this.#poll = setTimeout(() => void this.load(attempt), next);
  }

  /** The finished ones, too. */
  loadAll(): Promise<void> {
    this.state.set({ all: true });
    return this.load();
  }

  /** Kept on this computer first, then sent until it is recorded. */
  post(directive: string, act: OwnAct): Promise<void> {
    const key = crypto.randomUUID();
    return this.#outbox.post('directive.act', key, { directive, ask: { key, ...act } as FollowAct });
  }

  /** The text was on the screen. */
  read(directive: string): void {
    const state = this.state.get().items.get(directive)?.follow.state;
    if (state === 'sent' || state === 'delivered') this.#say(directive, 'read');
  }

  dismiss(key: string): Promise<void> {
    return this.#outbox.dismiss(key);
  }

  #say(directive: string, act: 'delivered' | 'read'): void {
    const said = `${act} ${directive}`;
    if (this.#said.has(said)) return;
    this.#said.add(said);
    void this.post(directive, { act });
  }

  #delivered(directive: string): void {
    this.#later(() => {
      if (this.state.get().items.get(directive)?.follow.state === 'sent') this.#say(directive, 'delivered');
    });
  }

  #take(directive: Directive): void {
    const known = this.state.get().items.get(directive.id);
    this.#put({ directive, follow: known?.follow ?? this.#fresh(directive) });
    if (!known && directive.state === 'issued') this.#delivered(directive.id);
    // A recall changes where the unit stands, and the notice does not say how.
    else
      this.#later(() => {
        directiveApi.one(this.#api, directive.id).then(
          (item) => item.follow && this.#put({ directive: item.directive, follow: item.follow }),
          () => this.load(),
        );
      });
  }

  #takeFollow(follow: Follow): void {
    const known = this.state.get().items.get(follow.directive);
    if (known) this.#put({ directive: known.directive, follow });
    else void this.load();
  }

  #put(item: InboxItem): void {
    this.state.set({ items: new Map(this.state.get().items).set(item.directive.id, item) });
  }

  /** What the outbox knows about directives. */
  #look(): void {
    const unsent = new Map<string, ActName>();
    const refused = new Map<string, { key: string; reason: ApiError['reason'] }>();
    for (const entry of this.#outbox.state.get().entries) {
      if (entry.via !== 'directive.act') continue;
      const { directive, ask } = entry.payload;
      if (entry.status === 'recorded') this.#recorded(entry);
      else if (quiet.has(ask.act)) {
        // Somebody was quicker: nobody needs to read that.
        if (entry.status === 'refused') void this.#outbox.dismiss(entry.key);
      } else if (entry.status === 'refused') refused.set(directive, { key: entry.key, reason: entry.reason });
      else unsent.set(directive, ask.act);
    }
    this.state.set({ unsent, refused });
  }

  #recorded({ key, payload, answer }: Extract<OutboxEntry, { via: 'directive.act'; status: 'recorded' }>): void {
    void this.#outbox.dismiss(key);
    const { directive, ask } = payload;
    this.#takeFollow(answer.follow);
    if (quiet.has(ask.act)) return;
    const recorded = { act: ask.act, receipt: answer.receipt };
    this.state.set({ recorded: new Map(this.state.get().recorded).set(directive, recorded) });
  }

  #later(work: () => void): void {
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      work();
    }, Math.random() * SPREAD_MS);
    this.#timers.add(timer);
  }

  /** As a new directive stands with the unit before anything is known. */
  #fresh(directive: Directive): Follow {
    const { code: unit, path, name: unitName } = this.#unit;
    const nothing = { deliveredAt: null, readAt: null, answeredAt: null, doneAt: null, name: null, words: null };
    const open = {
      promised: null,
      report: null,
      question: null,
      reply: null,
      axis: null,
      timing: 'none',
      absentee: false,
    } as const;
    return { directive: directive.id, unit, path, unitName, state: 'sent', ...open, ...nothing };
  }
}
