import { refuse } from '../../../protocol/errors.ts';
import type { FigureActKind } from '../../../protocol/figureAct.ts';
import type { UnitPath } from '../../../protocol/organisation.ts';
import type { Actor } from '../../shared/actor.ts';
import { demand, figureOf, figuresOf, isKeptFrom, may } from '../../shared/rights.ts';
import { noUnit } from '../refusals.ts';
import type { CellStanding } from './cellStanding.ts';
import type { ActedValue } from './revisions.ts';

/** Who contested a value. */
export interface Contester {
  readonly account: string;
  readonly path: UnitPath;
}

/** A value that somebody acts on, as it stands under the locks. */
export interface ValueFacts extends Pick<ActedValue, 'indicator' | 'unit' | 'period' | 'source' | 'revision'> {
  /** Of its unit; undefined: it is none today. */
  readonly path: UnitPath | undefined;
  /** FG92: of its indicator. */
  readonly seenBy?: number | undefined;
  readonly cell: CellStanding;
  /** As it was recorded; undefined: there is no such value. */
  readonly said: { readonly value: number | null; readonly held: boolean } | undefined;
  /** Of the contest that is open; undefined: there is none. */
  readonly contester: Contester | undefined;
}

/** As it is recorded. */
export interface ActCell extends Omit<ActedValue, 'n' | 'act'> {
  readonly value: number | null;
}

export interface SaidAct {
  readonly act: FigureActKind;
  readonly reason?: string | undefined;
}

/**
 * FG14, FG16, FG17, FG20: whether somebody may do this to these values, as they stand now. Pure.
 * @throws DomainError `bad-request`, `not-found`, `forbidden`, `outside-territory`, `conflict`
 */
export function decideAct(by: Actor, { act, reason }: SaidAct, values: readonly ValueFacts[]): readonly ActCell[] {
  const decides = act === 'release' || act === 'reject' || act === 'answer';
  if (decides && reason === undefined)
    throw refuse('bad-request', {
      vi: 'Người quyết định về một giá trị phải nêu lý do',
      en: 'who decides on a value says why',
    });
  if (values.length === 0)
    throw refuse('not-found', {
      vi: 'Ở đây không có giá trị nào của lô này đang bị giữ',
      en: 'there is nothing of it that is held here',
    });
  return values.map((value) => decideOne(by, act, value));
}

function decideOne(by: Actor, act: FigureActKind, value: ValueFacts): ActCell {
  const { indicator, unit, period, source, revision, path, seenBy, cell, said, contester } = value;
  if (path === undefined) throw noUnit(unit);
  if (isKeptFrom(by, { seenBy }))
    throw refuse('not-found', { vi: 'Không có giá trị này', en: 'there is no such value' });
  demand(by, `figure.${act}`, figureOf({ code: indicator, seenBy }, path));
  const revisions = cell.revisions.get(source) ?? [];
  const now = revisions.find((one) => one.revision === revision);
  if (!said || !now) throw refuse('not-found', { vi: 'Không có giá trị này', en: 'there is no such value' });
  // FG14: what was rejected is as if it had not come.
  if (revisions.some((one) => one.revision > revision && one.standing !== 'rejected'))
    throw refuse('conflict', { vi: 'Nguồn vừa gửi giá trị khác', en: 'the source has said something else meanwhile' });
  if (act === 'release' || act === 'reject') {
    if (!said.held) throw refuse('conflict', { vi: 'Giá trị này không bị giữ', en: 'this value is not held' });
    if (now.standing === (act === 'release' ? 'good' : 'rejected'))
      throw refuse('conflict', {
        vi: 'Đã có người quyết định như vậy',
        en: `somebody has decided so already (${act})`,
      });
  } else if (act === 'contest') demandContestable(value, now);
  else if (!contester)
    throw refuse('conflict', {
      vi: 'Không còn đơn vị nào phản đối giá trị này',
      en: 'nobody contests this value any more',
    });
  else if (act === 'withdraw') demandOwn(by, contester);
  // FG17: also of a value that was released, and is contested since.
  if (act !== 'contest' && act !== 'withdraw' && contester) demandOther(by, indicator, contester);
  return { indicator, unit, period, source, revision, value: said.value };
}

function demandContestable({ cell, source, revision }: ValueFacts, now: { contested: boolean }): void {
  if (cell.source !== source || cell.revision !== revision)
    throw refuse('conflict', { vi: 'Giá trị này không được tính', en: 'this value does not count' });
  if (cell.value === null)
    throw refuse('conflict', {
      vi: 'Không có giá trị nào để phản đối',
      en: 'there is no value that could be contested',
    });
  if (now.contested)
    throw refuse('conflict', { vi: 'Đã có đơn vị phản đối giá trị này', en: 'somebody contests this value already' });
}

/** FG16: whoever sits in the unit that contested. */
function demandOwn({ unit }: Actor, { path }: Contester): void {
  if (unit.path !== path)
    throw refuse('forbidden', { vi: 'Đơn vị khác đang phản đối giá trị này', en: 'another unit contests this value' });
}

/** FG17: somebody else, of that unit or of one above it. */
function demandOther(by: Actor, indicator: string, { account, path }: Contester): void {
  if (by.id === account)
    throw refuse('forbidden', {
      vi: 'Người phản đối một giá trị không được tự quyết định về nó',
      en: 'who contests a value does not decide on it',
    });
  if (may(by, 'figure.answer', figuresOf([indicator], path)) !== 'allowed')
    throw refuse('forbidden', {
      vi: 'Một đơn vị cấp trên đang phản đối giá trị này',
      en: 'a unit above yours contests this value',
    });
}
