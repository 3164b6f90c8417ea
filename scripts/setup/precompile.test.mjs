import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, test } from 'node:test';
import { precompileHeaders } from '../worker/precompile.mjs';
import { SetupError } from './progress.mjs';

const folder = mkdtempSync(join(tmpdir(), 'precompile-'));
after(() => rmSync(folder, { recursive: true }));

const EXECUTABLE = `library('libmediasoup-worker',
  cpp_args: cpp_args,
)
executable('mediasoup-worker',
  cpp_args: cpp_args + ['-DMS_EXECUTABLE'],
)
`;
const LIBWEBRTC = "library('libwebrtc',\n  cpp_args: cpp_args,\n)\n";

/** The folder of a worker whose targets are described like this. */
function worker(name, executable, libwebrtc) {
  const files = { 'meson.build': executable, 'deps/libwebrtc/meson.build': libwebrtc, 'include/common.hpp': '' };
  for (const [file, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name, file)), { recursive: true });
    writeFileSync(join(folder, name, file), content);
  }
  return join(folder, name);
}
const read = (place, file) => readFileSync(join(place, file), 'utf8');

test('headers are compiled once for what is linked into the worker, and for no other target', () => {
  const place = worker('whole', EXECUTABLE, LIBWEBRTC);
  precompileHeaders(place);
  const added = "  cpp_pch: 'include/precompiled.hpp',\n)\n";
  assert.equal(read(place, 'meson.build'), EXECUTABLE.replace(/\)\n$/, added));
  assert.match(
    read(place, 'deps/libwebrtc/meson.build'),
    /cpp_args,\n {2}cpp_pch: '\.\.\/\.\.\/include\/precompiled\.hpp',\n\)/,
  );
  assert.match(read(place, 'include/precompiled.hpp'), /^#include <uv\.h>$/m);
});

test('what is precompiled asks for no macro that a file of the worker sets for itself', () => {
  const place = worker('macros', EXECUTABLE, LIBWEBRTC);
  precompileHeaders(place);
  const own = [...read(place, 'include/precompiled.hpp').matchAll(/^#include "(.+)"$/gm)].map(([, name]) => name);
  // Of the worker's own headers only the one that includes the system's, and those that are made from its messages.
  assert.deepEqual(
    own.filter((name) => !name.startsWith('FBS/')),
    ['common.hpp'],
  );
});

test('a target that is described in another way ends the build with a sentence that says where', () => {
  const [other, twice] = [EXECUTABLE.replace('MS_EXECUTABLE', 'MS_PROGRAM'), LIBWEBRTC + LIBWEBRTC];
  const says = (place, file) =>
    assert.throws(
      () => precompileHeaders(place),
      (error) =>
        error instanceof SetupError && error.message.startsWith(`${file} of the worker has not one line cpp_args`),
    );
  says(worker('other', other, LIBWEBRTC), 'meson.build');
  says(worker('twice', EXECUTABLE, twice), 'deps/libwebrtc/meson.build');
});
