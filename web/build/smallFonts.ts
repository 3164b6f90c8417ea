import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import subsetFont from 'subset-font';
import { withTabularDigits } from './tabularDigits.ts';

const weights = [400, 500, 700];
const parts = ['latin', 'vietnamese'];
const range = (from: number, to: number): string =>
  String.fromCodePoint(...Array.from({ length: to - from + 1 }, (_, i) => from + i));
/**
 * Vietnamese and English, with the signs that texts and figures take; a letter of another language falls back to the
 * system's font.
 */
const letters = `${range(0x20, 0x7e)}${range(0x1ea0, 0x1ef9)}ÀÁÂÃÈÉÊÌÍÒÓÔÕÙÚÝàáâãèéêìíòóôõùúýĂăĐđĨĩŨũƠơƯư\u0300\u0301\u0303\u0309\u0323\u00a0·–—‘’“”…•−×°₫→←`;

/**
 * Hints for the pixels of old screens are half of a face; of its features only these are used: kerning, marks, figures
 * of one width.
 */
const options = {
  targetFormat: 'woff2',
  noHinting: true,
  keepFeatures: ['kern', 'mark', 'mkmk', 'ccmp', 'tnum'],
} as const;

/**
 * Writes the faces of the package with only the letters of our two languages: a third of what would be loaded before
 * the first word.
 * @returns the folder, named as the package names its own
 */
export async function smallFonts(): Promise<string> {
  const source = dirname(
    createRequire(import.meta.url).resolve('@fontsource/be-vietnam-pro/files/be-vietnam-pro-latin-400-normal.woff2'),
  );
  const sources = new Map<string, Buffer>();
  for (const weight of weights)
    for (const part of parts) {
      const name = `be-vietnam-pro-${part}-${weight}-normal.woff2`;
      const woff = await readFile(join(source, name.replace(/2$/, '')));
      sources.set(name, part === 'latin' ? withTabularDigits(woff) : woff);
    }
  const key = createHash('sha256').update(letters).update(JSON.stringify(options));
  for (const font of sources.values()) key.update(font);
  const folder = join(import.meta.dirname, '../node_modules/.cache/fonts', key.digest('hex').slice(0, 16));
  await mkdir(folder, { recursive: true });
  for (const [name, font] of sources) {
    const file = join(folder, name);
    if (!existsSync(file)) await writeFile(file, await subsetFont(font, letters, options));
  }
  return folder;
}
