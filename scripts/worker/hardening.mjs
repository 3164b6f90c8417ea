/**
 * How everything native is compiled and linked here: what Debian itself asks of its packages, and control flow and stack clash protection.
 * `_FORTIFY_SOURCE` is undefined first, since some distributions' compilers define it themselves.
 */
export const COMPILE = [
  '-fstack-protector-strong',
  '-fstack-clash-protection',
  ...(process.arch === 'x64' ? ['-fcf-protection=full'] : []),
  ...(process.arch === 'arm64' ? ['-mbranch-protection=standard'] : []),
  '-U_FORTIFY_SOURCE',
  '-D_FORTIFY_SOURCE=3',
];

export const LINK = ['-Wl,-z,relro', '-Wl,-z,now', '-Wl,-z,noexecstack'];
