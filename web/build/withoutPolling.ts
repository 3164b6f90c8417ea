import type { Plugin } from 'vite';

/**
 * The order channel speaks WebSocket alone, and engine.io brings along the ways that it does not use: five
 * kilobytes on lines where each counts.
 */
export function withoutPolling(): Plugin {
  const file = /\/engine\.io-client\/build\/esm\/transports\/index\.js$/;
  const others = /^import .*(polling|webtransport).*;$|^\s*(webtransport|polling): \w+,$/gm;
  let found = 0;
  return {
    name: 'without-polling',
    apply: 'build',
    transform(code, id) {
      if (!file.test(id)) return undefined;
      found += code.match(others)?.length ?? 0;
      return { code: code.replace(others, ''), map: null };
    },
    buildEnd(error) {
      if (!error && found !== 4) throw new Error('engine.io no longer lists its transports as it did');
    },
  };
}
