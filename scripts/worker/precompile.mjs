import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { SetupError } from '../setup/progress.mjs';

const HEADER = 'precompiled.hpp';

/** The targets of Meson whose files include what is in the header: where each is described, and the line that no other there has. */
const TARGETS = [
  { file: 'meson.build', line: "  cpp_args: cpp_args + ['-DMS_EXECUTABLE'],\n", include: 'include' },
  { file: 'deps/libwebrtc/meson.build', line: '  cpp_args: cpp_args,\n', include: '../../include' },
];

/**
 * Has the headers that nearly all files share compiled once for each target: they are most of what the compiler reads, and it is three times
 * as fast without. Lies where the files look for headers, so that a compiler which cannot use what it compiled reads the header itself.
 * @param {string} worker the package's folder `worker`
 * @throws SetupError when a target is not described as it was
 */
export function precompileHeaders(worker) {
  cpSync(fileURLToPath(new URL(HEADER, import.meta.url)), join(worker, 'include', HEADER));
  for (const { file, line, include } of TARGETS) {
    const [before, after, ...more] = readFileSync(join(worker, file), 'utf8').split(line);
    if (after === undefined || more.length > 0)
      throw new SetupError(`${file} of the worker has not one line ${line.trim()}: see scripts/worker/precompile.mjs.`);
    writeFileSync(join(worker, file), `${before}${line}  cpp_pch: '${include}/${HEADER}',\n${after}`);
  }
}
