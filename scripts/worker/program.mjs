import { basename } from 'node:path';
import { SetupError } from '../setup/progress.mjs';
import { run } from '../setup/run.mjs';
import { readElf, unprotected } from '../support/elf.mjs';
import { COMPILE, LINK } from './hardening.mjs';

/**
 * Compiles a small program in C as the worker is compiled, and looks at what came out.
 * @param {{ tools: Pick<import('./toolchain.mjs').Toolchain, 'cc' | 'env'>, sources: string[], flags?: string[], libraries?: string[], out: string }} options
 *   `sources`: C files and static archives
 * @throws SetupError with the compiler's words, or with what the program lacks of its protection
 */
export async function buildProgram({ tools, sources, flags = [], libraries = [], out }) {
  const [compiler, ...first] = tools.cc.split(' ');
  const args = [...first, '-O2', '-fPIE', '-pie', ...COMPILE, ...LINK, ...flags, ...sources, ...libraries, '-o', out];
  await run(compiler, args, { name: `build-${basename(out)}`, env: tools.env });
  const lacks = unprotected(readElf(out));
  if (lacks.length > 0) throw new SetupError(`${out} is not protected: ${lacks.join('; ')}.`);
}
