import type { Plugin } from 'vite';

/** What each schema brings along, and what stands in its place. */
const CHANGES = [
  ['core.$ZodObjectJIT.init(inst, def);', 'core.$ZodObject.init(inst, def);'],
  ['core.config({ memoizer: core.memoizer() });', 'void 0;'],
] as const;

/**
 * zod writes code for each object, which the page's policy forbids, and remembers where it has been, for data that
 * contain themselves, which JSON cannot. Both are some kilobytes on lines where each counts; the server keeps them.
 */
export function withoutZodCompiler(): Plugin {
  const file = /\/zod\/v4\/classic\/schemas\.js$/;
  return {
    name: 'without-zod-compiler',
    apply: 'build',
    transform(code, id) {
      if (!file.test(id)) return undefined;
      let changed = code;
      for (const [from, to] of CHANGES) {
        if (changed.split(from).length !== 2) throw new Error(`zod's schemas no longer say ${from}`);
        changed = changed.replace(from, () => to);
      }
      return { code: changed, map: null };
    },
  };
}
