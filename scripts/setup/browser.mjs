import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fetchIntoCache, installOnSystem, isDebian, isRoot, writeLauncher } from './debian.mjs';
import { SetupError } from './progress.mjs';
import { ask } from './run.mjs';

const PACKAGES = ['chromium', 'fonts-dejavu-core'];
const PLACES = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

const FIREFOX_PACKAGES = ['firefox-esr', 'fonts-dejavu-core'];
const FIREFOX_PLACES = ['/usr/bin/firefox-esr', '/usr/bin/firefox'];

/** Chromium for the tests: CHROMIUM, the system's, or Debian's (installed as root, else fetched into the cache). Sets CHROMIUM in `env`. */
export async function provideBrowser(env, tell) {
  if (env.CHROMIUM) return works(env.CHROMIUM, PACKAGES, 'CHROMIUM');
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
  return works(env.CHROMIUM, PACKAGES, 'CHROMIUM');
}

/** Likewise Firefox, which is no build of a test tool but the one that people have. Sets FIREFOX in `env` when it runs. */
export async function provideFirefox(env, tell) {
  let program = env.FIREFOX || FIREFOX_PLACES.find((path) => existsSync(path));
  if (!program) {
    if (!isDebian()) throw new SetupError('Firefox was not found: install it, or name it in FIREFOX.');
    if (isRoot) {
      await installOnSystem(FIREFOX_PACKAGES, tell);
      program = FIREFOX_PLACES[0];
    } else {
      const prefix = await fetchIntoCache('firefox', FIREFOX_PACKAGES, { tell });
      program = writeLauncher(prefix, 'usr/lib/firefox-esr/firefox-esr', {
        env: { FONTCONFIG_FILE: writeFonts(prefix.root) },
      });
    }
  }
  const version = works(program, FIREFOX_PACKAGES, 'FIREFOX');
  env.FIREFOX = program;
  return version;
}

function works(path, packages, variable) {
  const version = ask(path, ['--version']);
  if (!version)
    throw new SetupError(
      `${path} does not run: install Debian's (apt-get install ${packages.join(' ')}), or name another in ${variable}.`,
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
