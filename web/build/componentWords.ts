import { fileURLToPath } from 'node:url';
import type { Plugin } from 'vite';
import { componentWords } from '../src/ui/words/components.ts';

/** `…/react-aria/dist/private/combobox/intlStrings.mjs`: sentences in thirty-four languages, Vietnamese not among them. */
const DICTIONARY =
  /\/(?:react-aria|react-aria-components|react-stately)\/dist\/private\/(?:(\w+)\/)?intlStrings\.m?js$/;
const SENTENCES = /\/react-aria\/dist\/private\/intl\/(\w+)\/en-US\.m?js$/;
const TELL = 'add it to src/ui/words/components.ts';
const ENGLISH = /^import \S+ from "(\S+\/en-US\.m?js)";$/m;
const VIETNAMESE = fileURLToPath(new URL('../src/ui/words/components.ts', import.meta.url));

/**
 * Gives the component library Vietnamese beside English, and takes its other languages out of the page, of which nobody
 * reads one. A component whose sentences have no Vietnamese yet ends the build, and so does a sentence that a later
 * release adds: what is spoken only is missed by everybody who sees.
 */
export function componentVietnamese(): Plugin {
  return {
    name: 'component-vietnamese',
    apply: 'build',
    transform(code, id) {
      const words = componentWords[SENTENCES.exec(id)?.[1] ?? ''];
      for (const [, key = ''] of words ? code.matchAll(/^ {4}"(\w+)": /gm) : [])
        if (!(key in (words ?? {}))) throw new Error(`The components say ${key} in English alone: ${TELL}`);
      const [found, name = ''] = DICTIONARY.exec(id) ?? [];
      if (!found) return undefined;
      const english = ENGLISH.exec(code)?.[1];
      if (!english) throw new Error(`${id} no longer brings its English as it did`);
      const both = name in componentWords;
      return {
        code: [
          `import en from ${JSON.stringify(english)};`,
          both ? `import { componentWords } from ${JSON.stringify(VIETNAMESE)};` : '',
          `export default { 'en-US': en${both ? `, vi: componentWords[${JSON.stringify(name)}]` : ''} };`,
        ].join('\n'),
        map: null,
      };
    },
    generateBundle(_options, bundle) {
      for (const chunk of Object.values(bundle)) {
        if (chunk.type !== 'chunk') continue;
        for (const [id, { renderedLength }] of Object.entries(chunk.modules)) {
          const [found, name = ''] = DICTIONARY.exec(id) ?? [];
          if (found && renderedLength > 0 && !(name in componentWords))
            throw new Error(`The components of ${name || 'react-aria-components'} speak English alone: ${TELL}`);
        }
      }
    },
  };
}
