import { type DomainError, refuse, type Said } from '../../../protocol/errors.ts';

/** Why a batch is none: the rest of it is missing. Whoever has sent it whole may find it whole the next time. */
class CutOff extends Error {
  override readonly name = 'CutOff';
}

export const cutOff = (said: Said, cause?: unknown): DomainError =>
  refuse('bad-request', said, new CutOff(said.en, { cause }));

/** FG151 */
export const isCutOff = (error: unknown): boolean => error instanceof Error && error.cause instanceof CutOff;
