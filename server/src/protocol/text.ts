import { z } from 'zod';

/** U+0000 and half of a surrogate pair: PostgreSQL has no place for them, and canonical JSON (RFC 8785) no form. */
export const isKept = (value: string): boolean => !value.includes('\u0000') && !/\p{Cs}/u.test(value);

/**
 * What people write: without spaces around it, 1 to `longest` UTF-16 units, and nothing that a record could not keep.
 */
export const text = (longest: number) =>
  z.string().trim().min(1).max(longest).refine(isKept, 'holds a character that no record can keep');
