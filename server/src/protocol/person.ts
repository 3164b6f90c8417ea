import { z } from 'zod';
import { LONGEST_PERSON, LONGEST_PERSON_TITLE } from './limits.ts';
import { isKept } from './text.ts';

/**
 * One line for a plate that a country reads: composed as fonts expect it, without breaks, and without the characters
 * that turn the direction of what stands behind them.
 */
const oneLine = (value: string): string =>
  value
    .normalize('NFC')
    .replace(/[\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}\s]+/gu, ' ')
    .trim();
const line = (longest: number) =>
  z.string().overwrite(oneLine).max(longest).refine(isKept, 'holds a character that no record can keep');

/** PS1: who sits at a device, as they say themselves at the door; one of both may be empty. */
export const personSchema = z
  .strictObject({ name: line(LONGEST_PERSON), title: line(LONGEST_PERSON_TITLE) })
  .refine(({ name, title }) => name !== '' || title !== '', 'says neither a name nor a title');
export type Person = z.infer<typeof personSchema>;
