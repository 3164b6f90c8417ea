import type { Plugin } from 'vite';

/** zod's English sentences about bad input: no page shows them, each has words of its own. The server keeps them. */
export function withoutZodWords(): Plugin {
  const file = /\/zod\/v4\/locales\/en\.js$/;
  let found = 0;
  return {
    name: 'without-zod-words',
    apply: 'build',
    transform(_, id) {
      if (!file.test(id)) return undefined;
      found++;
      return { code: "export default () => ({ localeError: () => 'Invalid input' });", map: null };
    },
    buildEnd(error) {
      if (!error && found !== 1) throw new Error('zod no longer keeps its English sentences in a file of their own');
    },
  };
}
