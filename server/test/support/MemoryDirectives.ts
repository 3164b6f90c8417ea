import { randomUUID } from 'node:crypto';
import { type FollowStatus, untouched } from '../../src/domain/directive/follow.ts';
import { addresseeKey } from '../../src/domain/directive/followGroup.ts';
import type { Addressee, DirectiveStore, FollowAsk } from '../../src/domain/directive/ports.ts';
import type { Clock } from '../../src/lib/clock.ts';
import type { Directive, Follow, Followed } from '../../src/protocol/directive.ts';
import { refuse } from '../../src/protocol/errors.ts';
import type { Receipt } from '../../src/protocol/record.ts';

interface Kept {
  readonly key: string;
  readonly account: string;
  directive: Directive;
  /** Since when it is what it is, by a clock that nobody sets, ms. */
  since: number;
  end: { readonly key: string; readonly at: Date } | undefined;
  readonly addressees: ReadonlyMap<string, Addressee>;
  readonly statuses: Map<string, FollowStatus>;
}

/** What of the contract of the directives' store concerns those who are told: in memory, without seals. */
export class MemoryDirectives
  implements
    Pick<
      DirectiveStore,
      'issue' | 'find' | 'recent' | 'chainOf' | 'follow' | 'follows' | 'among' | 'record' | 'unwritable' | 'recall'
    >
{
  readonly #clock: Clock;
  readonly #elapsed: () => number;
  readonly #kept = new Map<string, Kept>();
  /** All that was recorded, in its order. */
  readonly acts: FollowAsk[] = [];

  constructor(clock: Clock, elapsed: () => number) {
    this.#clock = clock;
    this.#elapsed = elapsed;
  }

  async issue(...[draft, decide]: Parameters<DirectiveStore['issue']>): ReturnType<DirectiveStore['issue']> {
    const known = [...this.#kept.values()].find(({ key }) => key === draft.key);
    const first = known && { id: known.directive.id, account: known.account };
    const now = this.#clock.now();
    const issuing = decide(first ? { first } : { first, now, briefing: null, files: new Map(), olderEnded: false });
    if (issuing.kind === 'stands') return { directive: this.#demand(issuing.id).directive, first: false };
    const id = randomUUID();
    const directive: Directive = {
      ...{ id, number: this.#kept.size + 1, year: 2026, issuer: draft.issuer, by: draft.by.name, title: draft.title },
      ...{ text: draft.text, attachments: [], addressees: draft.addressees.length, deadline: draft.deadline },
      ...{ issuedAt: now.toISOString(), briefing: null, second: null, state: 'issued', why: null },
      ...{ supersedes: null, supersededBy: null },
    };
    const addressees = new Map(draft.addressees.map((addressee) => [addressee.unit, addressee]));
    const kept = {
      key: draft.key,
      account: draft.by.account,
      directive,
      since: this.#elapsed(),
      end: undefined,
      addressees,
    };
    this.#kept.set(id, { ...kept, statuses: new Map() });
    return { directive, first: true };
  }

  async find(id: string): Promise<Directive | undefined> {
    return this.#kept.get(id)?.directive;
  }

  async recent() {
    const since = this.#clock.now().getTime() - 60_000;
    return [...this.#kept.values()].flatMap(({ directive: { id, state, issuedAt }, end }) => [
      ...(Date.parse(issuedAt) > since ? [{ id, state: 'issued' as const }] : []),
      ...(end && end.at.getTime() > since ? [{ id, state }] : []),
    ]);
  }

  async chainOf(id: string): Promise<string | undefined> {
    return this.#kept.has(id) ? 'office:vn:2026' : undefined;
  }

  async follow(directive: string, unit: string): Promise<Follow | undefined> {
    return this.#follow(directive, unit);
  }

  async follows(pairs: readonly { readonly directive: string; readonly unit: string }[]): Promise<readonly Follow[]> {
    return pairs.flatMap(({ directive, unit }) => this.#follow(directive, unit) ?? []);
  }

  async among(directive: string, units: readonly string[] | 'all'): Promise<readonly string[]> {
    const all = [...this.#demand(directive).addressees.keys()];
    return units === 'all' ? all : all.filter((unit) => units.includes(unit));
  }

  async record(...[, asks, decide]: Parameters<DirectiveStore['record']>): ReturnType<DirectiveStore['record']> {
    const addressees = asks.flatMap(({ directive, unit }) => {
      const kept = this.#kept.get(directive);
      const status = kept?.addressees.has(unit) && (kept.statuses.get(unit) ?? untouched);
      return status ? [[addresseeKey({ directive, unit }), { status, superseded: false }] as const] : [];
    });
    const { decisions, acts, moved } = decide({
      at: this.#clock.now().toISOString(),
      known: new Map(this.acts.map((act) => [act.key, act])),
      addressees: new Map(addressees),
    });
    this.acts.push(...acts);
    for (const { directive, unit } of acts) {
      const status = moved.get(addresseeKey({ directive, unit }))?.status;
      if (status) this.#demand(directive).statuses.set(unit, status);
    }
    return decisions.map((decision, i) => {
      if (decision.kind === 'refused') return { error: decision.error };
      const { directive, unit } = asks[i] as FollowAsk;
      const follow = this.#follow(directive, unit) as Follow;
      return { ok: { follow, receipt: {} as Receipt, first: decision.kind === 'new' } satisfies Followed };
    });
  }

  async unwritable(asks: readonly unknown[]): Promise<readonly unknown[]> {
    return asks.map(() => undefined);
  }

  async recall(...[{ directive: id, key, why }, decide]: Parameters<DirectiveStore['recall']>) {
    const kept = this.#demand(id);
    const first = decide(kept.end);
    if (first) {
      kept.since = this.#elapsed();
      kept.end = { key, at: this.#clock.now() };
      kept.directive = { ...kept.directive, state: 'recalled', why };
    }
    return { directive: kept.directive, first };
  }

  all(): readonly Readonly<Kept>[] {
    return [...this.#kept.values()];
  }

  #demand(id: string): Kept {
    const kept = this.#kept.get(id);
    if (!kept) throw refuse('not-found', 'there is no such directive');
    return kept;
  }

  #follow(directive: string, unit: string): Follow | undefined {
    const kept = this.#kept.get(directive);
    const addressee = kept?.addressees.get(unit);
    if (!kept || !addressee) return undefined;
    const { path, name: unitName, absentee } = addressee;
    const status = kept.statuses.get(unit) ?? untouched;
    return { ...status, directive, unit, path, unitName, absentee, axis: null, timing: 'none' };
  }
}
