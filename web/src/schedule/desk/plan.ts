import type { AgendaItem, Briefing, BriefingFit, CheckedScope, CreateBriefing, Producers } from '../../api/contract.ts';
import { momentOfZoned, zoned } from '../../i18n/zone.ts';

export interface AgendaRow {
  readonly key: number;
  readonly title: string;
  readonly by: string;
  /** As it was typed. */
  readonly minutes: string;
}

/** What the form holds. */
export interface Plan {
  readonly title: string;
  /** Of a MomentField. */
  readonly at: string;
  /** keep: that of the briefing that is changed. */
  readonly way: 'keep' | 'all' | 'units' | 'list' | 'file';
  readonly units: readonly { readonly code: string; readonly name: string }[];
  readonly list: string;
  readonly file: { readonly name: string; readonly checked: CheckedScope } | undefined;
  readonly agenda: readonly AgendaRow[];
  readonly producers: Producers;
  readonly language: Briefing['language'];
  readonly rehearsal: boolean;
  readonly why: string;
  /** PL30: why it is held although the servers do not carry it. */
  readonly capacityWhy: string;
}

export const emptyPlan: Plan = {
  ...{ title: '', at: '', way: 'all', units: [], list: '', file: undefined, agenda: [], producers: [] },
  ...{ language: 'vi', rehearsal: false, why: '', capacityWhy: '' },
};

export const planOf = (briefing: Briefing, producers: Producers): Plan => ({
  ...{ ...emptyPlan, title: briefing.title, at: zoned(briefing.scheduledAt), way: 'keep', producers },
  ...{ language: briefing.language, rehearsal: briefing.rehearsal },
  agenda: briefing.agenda.map(({ title, by = '', minutes }, key) => {
    return { key, title, by, minutes: minutes === undefined ? '' : String(minutes) };
  }),
});

/** MN10: a new one like one that was held, at a time that is still to be chosen. @param home of the office */
export function planLike(
  briefing: Briefing,
  producers: Producers,
  home: string,
  nameOf: (code: string) => string | undefined,
): Plan {
  const codes = briefing.scope.map((path) => path.slice(path.lastIndexOf('.') + 1));
  const isWhole = codes.length === 1 && codes[0] === home;
  const units = isWhole ? [] : codes.map((code) => ({ code, name: nameOf(code) ?? code }));
  return { ...planOf(briefing, producers), at: '', way: isWhole ? 'all' : 'units', units };
}

/** A field, and for rows of the agenda which one. */
export type Fault =
  | { readonly field: 'title' | 'at' | 'past' | 'scope' | 'capacityWhy' | 'why' }
  | { readonly field: 'agenda' | 'minutes'; readonly nr: number };

/**
 * What stands in the way, in the order of the form. Pure.
 * @param fit PL29: of the scope that is chosen, where it is known
 */
export function faultsOf(
  plan: Plan,
  before: Briefing | undefined,
  now: number,
  fit?: Pick<BriefingFit, 'verdict' | 'devices'>,
): readonly Fault[] {
  const faults: Fault[] = [];
  const at = momentOfZoned(plan.at);
  if (plan.title.trim() === '') faults.push({ field: 'title' });
  if (Number.isNaN(at)) faults.push({ field: 'at' });
  else if (at < now && before?.scheduledAt !== new Date(at).toISOString() && !isSameMinute(at, before))
    faults.push({ field: 'past' });
  if (scopeOf(plan, '') === undefined && plan.way !== 'keep') faults.push({ field: 'scope' });
  else if (needsCapacityWhy(before, fit) && plan.capacityWhy.trim() === '') faults.push({ field: 'capacityWhy' });
  for (const [i, { title, by, minutes }] of plan.agenda.entries()) {
    if (title.trim() === '' && (by.trim() !== '' || minutes !== '')) faults.push({ field: 'agenda', nr: i + 1 });
    if (minutes !== '' && !isMinutes(minutes)) faults.push({ field: 'minutes', nr: i + 1 });
  }
  if (before && plan.why.trim() === '') faults.push({ field: 'why' });
  return faults;
}

/** PL30: who was expected before was answered for. */
const needsCapacityWhy = (before: Briefing | undefined, fit?: Pick<BriefingFit, 'verdict' | 'devices'>): boolean =>
  fit?.verdict === 'does-not-fit' && fit.devices > (before?.expected ?? 0);

/** A field of minutes says nothing of seconds: a time that was not touched is no other. */
const isSameMinute = (at: number, before: Briefing | undefined): boolean =>
  before !== undefined && Math.floor(at / 60_000) === Math.floor(Date.parse(before.scheduledAt) / 60_000);

const isMinutes = (text: string): boolean => /^\d{1,3}$/.test(text) && Number(text) >= 1 && Number(text) <= 600;

/** undefined: none is chosen, or it stays. @param home code of the office */
export function scopeOf(plan: Plan, home: string): CreateBriefing['scope'] | undefined {
  switch (plan.way) {
    case 'all':
      return [home];
    case 'units':
      return plan.units.length > 0 ? plan.units.map(({ code }) => code) : undefined;
    case 'list':
      return plan.list === '' ? undefined : { list: plan.list };
    case 'file': {
      const scope = plan.file?.checked.scope;
      return Array.isArray(scope) && scope.length > 0 ? scope : undefined;
    }
    default:
      return undefined;
  }
}

/** Rows in which nothing was written are none. */
export const agendaOf = (plan: Plan): AgendaItem[] =>
  plan.agenda
    .filter(({ title }) => title.trim() !== '')
    .map(({ title, by, minutes }) => ({
      title: title.trim(),
      ...(by.trim() !== '' && { by: by.trim() }),
      ...(minutes !== '' && { minutes: Number(minutes) }),
    }));

/** The moment that is sent; one that was not touched keeps its seconds. */
export function momentOf(plan: Plan, before: Briefing | undefined): string {
  const at = momentOfZoned(plan.at);
  return before && isSameMinute(at, before) ? before.scheduledAt : new Date(at).toISOString();
}
