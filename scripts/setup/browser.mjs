import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fetchIntoCache, installOnSystem, isDebian, isRoot, writeLauncher } from './debian.mjs';
import { SetupError } from './progress.mjs';
import { ask } from './run.mjs';

const PACKAGES = ['chromium', 'fonts-dejavu-core'];
const PLACES = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/** Chromium for the tests: CHROMIUM, the system's, or Debian's (installed as root, else fetched into the cache). Sets CHROMIUM in `env`. */
export async function provideBrowser(env, tell) {
  if (env.CHROMIUM) return works(env.CHROMIUM);
  env.CHROMIUM = PLACES.find((path) => existsSync(path));
  if (!env.CHROMIUM) {
    if (!isDebian()) throw new SetupError('Chromium was not found: install it, or name it in CHROMIUM.');
    if (isRoot) {
      await installOnSystem(PACKAGES, tell);
      env.CHROMIUM = PLACES[0];
    } else {
      const prefix = await fetchIntoCache('chromium', PACKAGES, { tell });
      const fonts = writeFonts(prefix.root);
      const libraries = [join(prefix.root, 'missing-libraries'), join(prefix.root, 'usr/lib/chromium')].join(':');
      env.CHROMIUM = writeLauncher(prefix, 'usr/lib/chromium/chromium', {
        env: { FONTCONFIG_FILE: fonts, LD_LIBRARY_PATH: libraries },
      });
    }
  }
  return works(env.CHROMIUM);
}

function works(path) {
  const version = ask(path, ['--version']);
  if (!version)
    throw new SetupError(
      `${path} does not run: install Debian's chromium (apt-get install ${PACKAGES.join(' ')}), or name another in CHROMIUM.`,
    );
  return `${version.trim()} (${path})`;
}

/** The system may have no fonts and no settings for them. */
function writeFonts(root) {
  const file = join(root, 'fonts.conf');
  const folders = ['/usr/share/fonts', join(root, 'usr/share/fonts')].map((path) => `<dir>${path}</dir>`).join('');
  mkdirSync(join(root, 'font-cache'), { recursive: true });
  writeFileSync(
    file,
    `<?xml version="1.0"?><fontconfig>${folders}<cachedir>${join(root, 'font-cache')}</cachedir></fontconfig>\n`,
  );
  return file;
}
