import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { build, type InlineConfig, type Plugin, type Rolldown } from 'vite';

const PAGE = 'unreachable.html';

/**
 * The worker that holds the shell, and the page that it shows without a line. Each is built by itself: nothing of the
 * app may be needed to say that the app cannot be had, and a worker is one file under a name that never changes.
 */
export function shell(): Plugin {
  let root = '';
  /** @returns what came of it, by the names of files */
  const built = async (input: string, config: InlineConfig, output: Rolldown.OutputOptions = {}) => {
    const options = { write: false, modulePreload: false, assetsInlineLimit: 0, target: 'es2022' } as const;
    const made = await build({
      ...{ root, configFile: false, publicDir: false, logLevel: 'warn', ...config },
      build: { ...options, rolldownOptions: { input: join(root, input), output } },
    });
    if (!('output' in made) || Array.isArray(made)) throw new Error(`${input} was not built`);
    return made.output.map((file) => ({
      name: file.fileName,
      content: file.type === 'chunk' ? file.code : file.source,
    }));
  };
  return {
    name: 'shell',
    apply: 'build',
    configResolved: (config) => {
      root = config.root;
    },
    async writeBundle({ dir = 'dist' }) {
      const page = await built(PAGE, {});
      const names = page.map(({ name }) => name).sort((one, other) => Number(one === PAGE) - Number(other === PAGE));
      const define = { SHELL_FILES: JSON.stringify(names.map((name) => `/${name}`)) };
      const [worker] = await built('src/shell/worker.ts', { define }, { format: 'iife' });
      if (!worker) throw new Error('the worker of the shell was not built');
      for (const { name, content } of [...page, { ...worker, name: 'sw.js' }]) {
        await mkdir(dirname(join(dir, name)), { recursive: true });
        await writeFile(join(dir, name), content);
      }
    },
  };
}
