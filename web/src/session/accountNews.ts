import type { DoneAct, PeopleAct } from '../api/contract.ts';
import type { NewsAct, NewsWords } from './words/news.vi.ts';

/** An act on the account of this page. */
export type News = Omit<DoneAct, 'what'> & { readonly what: NewsAct };

const isNews = (what: PeopleAct): what is NewsAct =>
  what.act === 'account.changed' || ('role' in what && what.act !== 'account.made');

/** AC4: each act once, the oldest first, without those that were seen here. @param own session: how it began is no news to it */
export function newsOf(acts: readonly DoneAct[], seen: ReadonlySet<string>, own: string): readonly News[] {
  const byId = new Map(acts.filter((act) => !seen.has(act.id) && !isOwn(act.what, own)).map((act) => [act.id, act]));
  return [...byId.values()]
    .sort((a, b) => a.at.localeCompare(b.at))
    .flatMap(({ what, ...act }) => (isNews(what) ? [{ ...act, what }] : []));
}

const isOwn = (what: PeopleAct, own: string): boolean => what.act === 'code.used' && what.session === own;

/** What was done, in words. */
export function newsText(what: NewsAct, t: NewsWords): string {
  if (what.act !== 'account.changed') return t.did[what.act];
  const said = ({ name, role, unit, indicators = [] }: typeof what.from): string =>
    [name, t.role[role], unit, ...indicators].join(', ');
  return t.changed(said(what.from), said(what.to));
}
