import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { Plugin } from 'vite';

/**
 * Decoders for scanned pages (JBIG2, JPEG 2000), which pdf.js fetches by name when a file has some. The page's policy
 * runs no WebAssembly, so these are the ones in JavaScript.
 */
export function pdfDecoders(): Plugin {
  const folder = join(dirname(createRequire(import.meta.url).resolve('pdfjs-dist/package.json')), 'wasm');
  return {
    name: 'pdf-decoders',
    apply: 'build',
    async buildStart() {
      for (const name of ['jbig2_nowasm_fallback.js', 'openjpeg_nowasm_fallback.js'])
        this.emitFile({ type: 'asset', fileName: `assets/pdf/${name}`, source: await readFile(join(folder, name)) });
    },
  };
}
