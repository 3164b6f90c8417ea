import { z } from 'zod';
import { isKept } from './text.ts';

/**
 * NM1: what no name holds: controls (ESC among them), characters without a shape (zero width, bidirectional, fillers,
 * variation selectors), breaks of lines, halves of pairs, and code points that nobody assigned.
 */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Cn}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/u;
/** A picture of one or several, whose joiners are its own. */
const EMOJI = /\p{Extended_Pictographic}\uFE0F?(?:\u200D\p{Extended_Pictographic}\uFE0F?)*/gu;
const PICTURES = /[\p{Extended_Pictographic}\p{Regional_Indicator}\p{Emoji_Modifier}]/u;
/** Marks upon marks, which run over what stands above and below. */
const TOWER = /\p{M}{4}/u;
const LATIN = /\p{Script=Latin}/u;
const OTHER_LETTER = /(?!\p{Script_Extensions=Latin})\p{L}/u;

/** NM2: letters of two scripts in one word, as where a Cyrillic letter stands for the Latin one that it looks like. */
const mixesScripts = (value: string): boolean =>
  value.split(/[^\p{L}\p{M}]+/u).some((word) => LATIN.test(word) && OTHER_LETTER.test(word));

/** One line: composed (NFC), spaces of any kind are plain ones, none around and no two of them together (RFC 8266). */
export const oneLineName = (value: string): string =>
  value
    .normalize('NFC')
    .replaceAll(/\p{Zs}+/gu, ' ')
    .trim();

/** Whether it may stand where people read who somebody is. */
export const isName = (value: string): boolean =>
  !UNSEEN.test(value) && !PICTURES.test(value) && !TOWER.test(value.normalize('NFD')) && !mixesScripts(value);

/** NM1 for what programs name, where pictures may stand: participants of rooms, files. */
export const isLabel = (value: string): boolean => isKept(value) && !UNSEEN.test(value.replaceAll(EMOJI, ''));

/** NM3: texts that programs hang on to participants may have lines, but nothing that steers a terminal or turns a text. */
export const isPlainText = (value: string): boolean =>
  isKept(value) && !/[\p{Cc}\p{Bidi_Control}]/u.test(value.replaceAll(/[\t\n\r]/g, ''));

const SAYS = 'a name has letters, digits and signs that are seen, of one script in a word, and no pictures';

/** Every name that enters, of people, units, tiers, devices, sources, lists. @param longest UTF-16 units */
export const name = (longest: number) => z.string().overwrite(oneLineName).min(1).max(longest).refine(isName, SAYS);

/** The name of a file, or of what a program is called. @param longest UTF-16 units */
export const label = (longest: number) =>
  z.string().overwrite(oneLineName).min(1).max(longest).refine(isLabel, 'a name has characters that are seen, alone');
