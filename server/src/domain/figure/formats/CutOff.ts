import { type DomainError, refuse } from '../../../protocol/errors.ts';

/** Why a batch is none: the rest of it is missing. Whoever has sent it whole may find it whole the next time. */
class CutOff extends Error {
  override readonly name = 'CutOff';
}

export const cutOff = (message: string, cause?: unknown): DomainError =>
  refuse('bad-request', message, new CutOff(message, { cause }));

/** FG151 */
export const isCutOff = (error: unknown): boolean => error instanceof Error && error.cause instanceof CutOff;
