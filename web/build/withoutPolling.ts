import type { Plugin } from 'vite';

/**
 * The order channel speaks WebSocket alone, and engine.io brings along the ways that it does not use: five
 * kilobytes on lines where each counts.
 */
export function withoutPolling(): Plugin {
  const file = /\/engine\.io-client\/build\/esm\/transports\/index\.js$/;
  const polling = /\/engine\.io-client\/build\/esm\/transports\/polling[\w.-]*\.js$/;
  const others = /^import .*(polling|webtransport).*;$|^\s*(webtransport|polling): \w+,$/gm;
  return {
    name: 'without-polling',
    apply: 'build',
    transform(code, id) {
      // It watches how the page ends, which would keep it although nobody asks for it.
      if (polling.test(id)) return { code, map: null, moduleSideEffects: false };
      if (!file.test(id)) return undefined;
      // A page without an order channel has none of it.
      if (code.match(others)?.length !== 4) throw new Error('engine.io no longer lists its transports as it did');
      return { code: code.replace(others, ''), map: null };
    },
  };
}
