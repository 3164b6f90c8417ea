import { extensionsOf } from './attachmentTypes.ts';

const LONGEST = 200;
/** Of paths, of headers, and characters that are not seen or turn the direction of the rest. */
const unsafe = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\\/:*?"<>|]/gu;

/** DR24: a name under which any computer can save the file, with an extension that says what it is. Idempotent. */
export function attachmentName(name: string, type: string): string {
  const [usual = '', ...others] = extensionsOf(type);
  const clean = name
    .normalize('NFC')
    .replace(unsafe, '_')
    .replace(/^[\s.]+/, '')
    .trim();
  const told = [usual, ...others].find((extension) => clean.toLowerCase().endsWith(extension));
  const stem = told === undefined ? clean : clean.slice(0, clean.length - told.length);
  const end = told === undefined ? usual : clean.slice(stem.length);
  // Not half of a character that takes two units.
  const short = stem.slice(0, LONGEST - end.length).replace(/[\ud800-\udbff]$/, '');
  return (short || 'file') + end;
}
