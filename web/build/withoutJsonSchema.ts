import type { Plugin } from 'vite';

/**
 * zod's schemas bring along what writes them as JSON Schema, whether anybody asks or not: seven kilobytes on lines where
 * each counts, of which a page has no use. Whoever calls `toJSONSchema` in a page gets nothing; the server has all of it.
 */
export function withoutJsonSchema(): Plugin {
  const files = /\/zod\/v4\/core\/(json-schema-processors|to-json-schema)\.js$/;
  let found = 0;
  return {
    name: 'without-json-schema',
    apply: 'build',
    transform(code, id) {
      if (!files.test(id)) return undefined;
      found++;
      const names = [...code.matchAll(/^export (?:const|function|class) (\w+)/gm)].map(([, name]) => name);
      return { code: names.map((name) => `export const ${name} = () => undefined;`).join('\n'), map: null };
    },
    buildEnd(error) {
      if (!error && found !== 2) throw new Error('zod no longer keeps JSON Schema in two files of its own');
    },
  };
}
