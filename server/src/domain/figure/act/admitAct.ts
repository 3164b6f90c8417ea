import { createHash } from 'node:crypto';
import { refuse } from '../../../protocol/errors.ts';
import type { FigureActAsk, FigureActed, FigureActKind, FigureValue } from '../../../protocol/figureAct.ts';
import type { Indicator } from '../../../protocol/figureDefinition.ts';
import type { Account, UnitCode } from '../../../protocol/organisation.ts';
import { demand, figureOf, figuresOf, may } from '../../shared/rights.ts';
import { isBelow } from '../../shared/territory.ts';
import type { FigureTree } from '../placeRows.ts';
import { noUnit } from '../refusals.ts';

/** FG20: what an act is, whatever the order and the writing of its values; SHA-256, hexadecimal. */
export function bodyOfAct({ act, reason, of }: FigureActAsk): string {
  const what = 'values' in of ? of.values.map(nameOf).toSorted() : [of.batch, of.root];
  return createHash('sha256')
    .update(JSON.stringify([act, reason ?? null, what]))
    .digest('hex');
}
const nameOf = ({ indicator, unit, period, source, revision }: FigureValue): string =>
  [indicator, unit, Date.parse(period), source, revision].join(' ');

/** FG20: what was answered under the key. @param before.body null: it was not kept yet @throws DomainError `conflict` */
export function firstAct(
  before: FigureActed & { readonly act: FigureActKind; readonly account: string; readonly body: string | null },
  ask: FigureActAsk,
  { id }: Account,
): FigureActed {
  const isSame = before.act === ask.act && before.account === id && (before.body ?? bodyOfAct(ask)) === bodyOfAct(ask);
  if (!isSame)
    throw refuse('conflict', {
      vi: 'Mã lượt này đã dùng cho một việc khác',
      en: 'another act was done under this key',
    });
  return { n: before.n, values: before.values };
}

/** An act is on the chain of one source. @throws DomainError `bad-request` */
export function oneSource(values: readonly FigureValue[]): string {
  const [source = '', ...others] = new Set(values.map((value) => value.source));
  if (others.length > 0)
    throw refuse('bad-request', {
      vi: 'Mỗi lần chỉ xử lý giá trị của một nguồn',
      en: 'one act is on values of one source',
    });
  return source;
}

/**
 * FG15: of a batch, what of it somebody decides on.
 * @returns whether a unit is among them, and of which indicators
 * @param indicators by which it is said who may see them (FG92)
 * @throws DomainError `bad-request`, `not-found`, `forbidden`, `outside-territory`
 */
export function batchTerritory(
  by: Account,
  act: FigureActKind,
  root: UnitCode,
  { tree, indicators }: { readonly tree: FigureTree; readonly indicators: ReadonlyMap<string, Indicator> },
): (unit: UnitCode, indicator: string) => boolean {
  if (act !== 'release' && act !== 'reject')
    throw refuse('bad-request', {
      vi: 'Với cả lô chỉ có thể cho tính hoặc không cho tính',
      en: 'of a batch, values are released or rejected',
    });
  const above = tree.find(root)?.path;
  if (above === undefined) throw noUnit(root);
  demand(by, `figure.${act}`, figuresOf(by.indicators ?? [], above));
  return (unit, indicator) => {
    const path = tree.find(unit)?.path;
    const isInside = path !== undefined && (path === above || isBelow(path, above));
    // FG38: of a batch with others' figures the own ones.
    const of = indicators.get(indicator) ?? { code: indicator };
    return isInside && may(by, `figure.${act}`, figureOf(of, path)) === 'allowed';
  };
}
