/**
 * Finds names that mean several things: exported by more than one file of the server.
 */
const EXPORT =
  /^export (?:declare )?(?:abstract )?(?:async )?(?:function\*?|class|interface|type|const|let|enum) (\w+)/gm;

/**
 * @param {Iterable<{ file: string, source: string }>} files
 * @returns {Map<string, string[]>} name -> the files that define it, where these are several
 */
export function sharedNames(files) {
  const found = new Map();
  for (const { file, source } of files)
    for (const [, name] of source.matchAll(EXPORT)) found.set(name, new Set([...(found.get(name) ?? []), file]));
  return new Map([...found].filter(([, where]) => where.size > 1).map(([name, where]) => [name, [...where].sort()]));
}
