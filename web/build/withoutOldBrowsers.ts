import type { Plugin } from 'vite';

/**
 * livekit-client begins by patching browsers older than those that this page is built for. That is a tenth of its size,
 * on lines where each kilobyte counts; should the call look different in a later release, the build fails here and
 * somebody decides anew.
 */
export function withoutOldBrowsers(): Plugin {
  const call = /^adapterFactory\(\{\s*window: typeof window === 'undefined' \? undefined : window\s*\}\);/m;
  return {
    name: 'without-old-browsers',
    apply: 'build',
    transform(code, id) {
      if (!id.endsWith('livekit-client.esm.mjs')) return undefined;
      if (!call.test(code)) throw new Error('livekit-client no longer calls adapterFactory as it did');
      return { code: code.replace(call, ''), map: null };
    },
  };
}
