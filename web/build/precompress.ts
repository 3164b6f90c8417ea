import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import type { Plugin } from 'vite';

/**
 * Texts are compressed once, here, at the highest level: ten thousand pages are opened within a minute, and the server
 * has better things to do.
 */
export function precompress(): Plugin {
  return {
    name: 'precompress',
    apply: 'build',
    // After writing: the builder still changes scripts after `generateBundle`.
    async writeBundle({ dir = 'dist' }, bundle) {
      for (const fileName of Object.keys(bundle)) {
        if (!/\.(js|css)$/.test(fileName)) continue;
        const file = join(dir, fileName);
        const source = await readFile(file);
        const params = { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: source.length };
        await writeFile(`${file}.br`, brotliCompressSync(source, { params }));
        await writeFile(`${file}.gz`, gzipSync(source, { level: 9 }));
      }
    },
  };
}
