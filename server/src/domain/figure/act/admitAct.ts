import { refuse } from '../../../protocol/errors.ts';
import type { FigureActAsk, FigureActed, FigureActKind, FigureValue } from '../../../protocol/figureAct.ts';
import type { Account, UnitCode } from '../../../protocol/organisation.ts';
import { demand, figuresOf, may } from '../../shared/rights.ts';
import { isBelow } from '../../shared/territory.ts';
import type { FigureTree } from '../placeRows.ts';

/** FG20: what was answered under the key. @throws DomainError `conflict` */
export function firstAct(
  before: FigureActed & { readonly act: FigureActKind; readonly account: string },
  { act }: FigureActAsk,
  { id }: Account,
): FigureActed {
  if (before.act !== act || before.account !== id) throw refuse('conflict', 'another act was done under this key');
  return { n: before.n, values: before.values };
}

/** An act is on the chain of one source. @throws DomainError `bad-request` */
export function oneSource(values: readonly FigureValue[]): string {
  const [source = '', ...others] = new Set(values.map((value) => value.source));
  if (others.length > 0) throw refuse('bad-request', 'one act is on values of one source');
  return source;
}

/**
 * FG15: of a batch, what of it somebody decides on.
 * @returns whether a unit is among them, and of which indicators
 * @throws DomainError `bad-request`, `not-found`, `forbidden`, `outside-territory`
 */
export function batchTerritory(
  by: Account,
  act: FigureActKind,
  root: UnitCode,
  tree: FigureTree,
): (unit: UnitCode, indicator: string) => boolean {
  if (act !== 'release' && act !== 'reject') throw refuse('bad-request', 'of a batch, values are released or rejected');
  const above = tree.find(root)?.path;
  if (above === undefined) throw refuse('not-found', `there is no unit ${root} today`);
  demand(by, `figure.${act}`, figuresOf(by.indicators ?? [], above));
  return (unit, indicator) => {
    const path = tree.find(unit)?.path;
    const isInside = path !== undefined && (path === above || isBelow(path, above));
    // FG38: of a batch with others' figures the own ones.
    return isInside && may(by, `figure.${act}`, figuresOf([indicator], path)) === 'allowed';
  };
}
