import { type DomainError, refuse } from '../../protocol/errors.ts';
import type { UnitCode } from '../../protocol/organisation.ts';

/** The unit is not in the tree of today. */
export const noUnit = (code: UnitCode): DomainError =>
  refuse('not-found', { vi: `Hiện không có đơn vị ${code}`, en: `there is no unit ${code} today` });

export const noSource = (code: string): DomainError =>
  refuse('not-found', { vi: `Không có nguồn ${code}`, en: `there is no source ${code}` });

/** @param n of a batch or an act that other nodes may know already */
export const notYet = (n: number): DomainError =>
  refuse('not-found', {
    vi: `Máy chủ này chưa cập nhật đến số thứ tự ${n}`,
    en: `this node has not come to ${n} yet`,
  });

/** @param n of a batch or an act */
export const noNumber = (n: number): DomainError =>
  refuse('not-found', {
    vi: `Không có số thứ tự ${n} trong các lô và các lần xử lý số liệu`,
    en: `there is no ${n} among batches and acts on figures`,
  });
