import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const shim = fileURLToPath(new URL('./shim/', import.meta.url));

/**
 * Lays small Meson subprojects over those that the worker would download: each only points to the system's library. Meson downloads nothing
 * when the folder that a .wrap file names is there already; the names change with versions, so they are read from the files.
 * `allow_fallback: false` makes Meson name a missing library plainly. Abseil is linked statically, since its soname differs by release.
 * @param {string} subprojects the worker's folder `subprojects`
 * @param {string | undefined} srtpPrefix a libsrtp 2 on OpenSSL (include/, lib/libsrtp2.a); without it the system's libsrtp2 is used
 */
export function layStandIns(subprojects, srtpPrefix) {
  const make = (wrap, files) => {
    const directory = /^directory *= *(\S+)/m.exec(readFileSync(join(subprojects, `${wrap}.wrap`), 'utf8'))?.[1];
    if (!directory) throw new Error(`${wrap}.wrap names no directory`);
    for (const [name, content] of Object.entries(files)) {
      const path = join(subprojects, directory, name);
      mkdirSync(dirname(path), { recursive: true });
      if (content.startsWith(shim)) cpSync(content, path);
      else writeFileSync(path, `${content.trim()}\n`);
    }
  };
  const empty = 'static int standin_unused __attribute__((unused));';
  const option = (name, type, value) =>
    `option('${name}', type: '${type}', value: ${type === 'string' ? `'${value}'` : value})`;

  make('libuv', {
    'empty.c': empty,
    'meson.build': `project('libuv', 'c')
libuv_dep = dependency('libuv', allow_fallback: false)
libuv = static_library('uv-standin', 'empty.c')`,
    'meson_options.txt': `${option('build_tests', 'boolean', false)}\n${option('build_benchmarks', 'boolean', false)}`,
  });
  make('openssl', {
    'empty.c': empty,
    'meson.build': `project('openssl', 'c')
openssl_dep = dependency('openssl', allow_fallback: false)
libcrypto_lib = static_library('crypto-standin', 'empty.c')
libssl_lib = static_library('ssl-standin', 'empty.c')`,
  });
  const srtp = srtpPrefix
    ? `declare_dependency(compile_args: '-I${srtpPrefix}/include', link_args: '${srtpPrefix}/lib/libsrtp2.a', dependencies: dependency('libcrypto', allow_fallback: false))`
    : `dependency('libsrtp2', allow_fallback: false)`;
  make('libsrtp3', {
    'include/srtp.h': join(shim, 'srtp.h'),
    'srtp3on2.c': join(shim, 'srtp3on2.c'),
    'meson.build': `project('libsrtp3', 'c', default_options: ['c_std=gnu11'])
srtp2_dep = ${srtp}
libsrtp3 = static_library('srtp3on2', 'srtp3on2.c', include_directories: include_directories('include'), dependencies: srtp2_dep)
libsrtp3_dep = declare_dependency(include_directories: include_directories('include'), link_with: libsrtp3, dependencies: srtp2_dep)`,
    'meson_options.txt': [
      option('crypto-library', 'string', 'openssl'),
      option('crypto-library-kdf', 'string', 'disabled'),
      option('tests', 'string', 'disabled'),
    ].join('\n'),
  });
  make('unordered-dense', {
    'include/ankerl/unordered_dense.h': join(shim, 'unordered_dense.h'),
    'meson.build': `project('ankerl-unordered-dense', 'cpp')
ankerl_unordered_dense_dep = declare_dependency(
  include_directories: include_directories('include'),
  dependencies: dependency('absl_flat_hash_map', static: true, allow_fallback: false),
)
meson.override_dependency('unordered_dense', ankerl_unordered_dense_dep)`,
  });
  make('flatbuffers', {
    'empty.cpp': empty,
    'meson.build': `project('flatbuffers', 'cpp')
flatbuffers_dep = dependency('flatbuffers', allow_fallback: false)
flatbuffers_lib = static_library('flatbuffers-standin', 'empty.cpp')`,
  });
  make('abseil-cpp', {
    'empty.cpp': empty,
    'meson.build': `project('abseil-cpp', 'cpp')
absl_container_dep = dependency('absl_flat_hash_map', static: true, allow_fallback: false)
absl_strings_dep = dependency('absl_strings', static: true, allow_fallback: false)
absl_types_dep = dependency('absl_optional', static: true, allow_fallback: false)
absl_container_lib = static_library('absl-standin', 'empty.cpp')`,
  });
}
