import { randomInt } from 'node:crypto';
import type { Briefing } from '../../protocol/briefing.ts';
import type { Role } from '../../protocol/organisation.ts';
import { mayUseCode } from '../shared/whoSeesWhom.ts';

/** Letters and digits without those that look alike: no 0 and O, no 1, I and L. (LK7) */
const ALPHABET = '23456789ABCDEFGHJKMNPQRSTUVWXYZ';
/** 31^8 codes, of which five are tried in an hour. */
const LENGTH = 8;
const GROUP = 4;
const HOUR_MS = 3_600_000;
/** LK7: a code works from this long before the briefing. */
const BEFORE_MS = 24 * HOUR_MS;
/** LK7: a briefing that nobody has opened by then is taken to be over. */
const UNOPENED_MS = 24 * HOUR_MS;

/** A new code, without blanks and dashes. */
export function newCode(): string {
  let code = '';
  while (code.length < LENGTH) code += ALPHABET.charAt(randomInt(ALPHABET.length));
  return code;
}

/** A code as it is printed: `K7QM-3XWP`. */
export const writtenCode = (code: string): string => `${code.slice(0, GROUP)}-${code.slice(GROUP)}`;

/** The code that was typed, in any case and with blanks and dashes anywhere; undefined when it can be none. */
export function readCode(typed: string): string | undefined {
  const code = typed.toUpperCase().replace(/[\s\p{Pd}]/gu, '');
  return code.length === LENGTH && [...code].every((sign) => ALPHABET.includes(sign)) ? code : undefined;
}

/** A code with what it depends on, as the store has it under its lock. */
export interface CodeFacts {
  readonly role: Role;
  /** Device that used it; null: none yet. */
  readonly device: string | null;
  readonly isWithdrawn: boolean;
  readonly briefing: Pick<Briefing, 'state'> & { readonly scheduledAt: Date };
  readonly now: Date;
}

export type CodeRefusal = 'code-unknown' | 'code-used' | 'code-early' | 'code-over';

/** When a code of a briefing begins to work. */
export const codeBegins = (scheduledAt: Date): Date => new Date(scheduledAt.getTime() - BEFORE_MS);

/** LK7, LK8: why this device is not let in by the code; undefined: it is. */
export function codeRefusal(code: CodeFacts, device: string): CodeRefusal | undefined {
  const { briefing, now } = code;
  if (!mayUseCode(code.role)) return 'code-unknown';
  if (code.isWithdrawn) return 'code-over';
  if (code.device !== null && code.device !== device) return 'code-used';
  if (briefing.state === 'closed') return 'code-over';
  if (briefing.state !== 'scheduled') return undefined;
  if (now < codeBegins(briefing.scheduledAt)) return 'code-early';
  return now.getTime() > briefing.scheduledAt.getTime() + UNOPENED_MS ? 'code-over' : undefined;
}

/** How a session was opened. */
export interface Opened {
  readonly byCode: boolean;
}

/**
 * LK9: whether a device of an account may end another session of the account. What a code opened is undone by the
 * devices that were there without one, and ends nobody.
 */
export const mayUndo = (own: Opened, other: Opened): boolean => !own.byCode && other.byCode;
