import { assertNever } from '../../lib/assertNever.ts';
import { codeOf } from '../../protocol/organisation.ts';
import { at, figureOf, may } from '../shared/rights.ts';
import { liesIn } from '../shared/territory.ts';
import type { HookFact, HookMessage, HookReader } from './ports.ts';

/** WH5: a hook lives as long as its maker may have it. */
export const mayStay = ({ maker, path }: HookReader): boolean =>
  maker !== undefined && may(maker, 'hook.read', at(path)) === 'allowed';

/**
 * WH3, WH4, WH5: what is told of a fact to a hook, or nothing. Ids, codes, numbers and times for all; words only where the
 * maker may read them.
 * @param within units of its territory that it is about; of a figure it says itself
 */
export function tellHook(hook: HookReader, fact: HookFact, within: number): HookMessage | undefined {
  const { maker } = hook;
  if (!maker || !hook.events.includes(fact.kind)) return undefined;
  if (new Date(fact.at).getTime() < hook.madeAt.getTime()) return undefined;
  const data = dataOf(hook, fact, within);
  if (data === undefined) return undefined;
  const body = JSON.stringify({ type: fact.kind, timestamp: fact.at, data });
  return { hook: hook.id, event: fact.event, kind: fact.kind, body, at: fact.at };
}

function dataOf(hook: HookReader, fact: HookFact, within: number): object | undefined {
  switch (fact.kind) {
    case 'directive.given': {
      if (within === 0 && !liesIn(fact.issuerPath, new Set([hook.path]))) return undefined;
      return { ...directiveOf(hook, fact), deadline: fact.deadline, addressees: within };
    }
    case 'directive.acknowledged': {
      if (!liesIn(fact.path, new Set([hook.path]))) return undefined;
      return { ...directiveOf(hook, fact), unit: fact.unit, promised: fact.promised };
    }
    case 'directive.overdue':
      return within === 0 ? undefined : { ...directiveOf(hook, fact), deadline: fact.deadline, behind: within };
    case 'round.closed': {
      if (within === 0) return undefined;
      const { round, briefing, nr, question } = fact;
      return { round, briefing, nr, asked: within, ...(reads(hook, 'round.entries') && { question }) };
    }
    case 'figure.complete': {
      const { indicator, period, because, said, expected, n, simulated, seenBy, path } = fact;
      if (path !== hook.path || !isNamed(hook, { code: indicator, seenBy })) return undefined;
      return { indicator, period, unit: codeOf(path), because, said, expected, n, simulated };
    }
    default:
      return assertNever(fact);
  }
}

/** FG92: no figure is named to whoever sits too deep for it. */
const isNamed = ({ maker, path }: HookReader, of: Parameters<typeof figureOf>[0]): boolean =>
  maker !== undefined && may(maker, 'hook.read', figureOf(of, path)) === 'allowed';

const directiveOf = (hook: HookReader, fact: Extract<HookFact, { directive: string }>): object => ({
  directive: fact.directive,
  number: fact.number,
  year: fact.year,
  issuer: fact.issuer,
  ...(reads(hook, 'directive.read') && { title: fact.title }),
});

const reads = ({ maker, path }: HookReader, act: 'directive.read' | 'round.entries'): boolean =>
  maker !== undefined && may(maker, act, at(path)) === 'allowed';
