import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { cache, makeFolder } from './place.mjs';
import { SetupError } from './progress.mjs';
import { run } from './run.mjs';

const LISTS_GOOD_FOR_MS = 60 * 60_000;

/**
 * A state of apt's of our own in the cache (lists, sources), so that packages can be looked up and fetched without root and without
 * touching the system: its mirrors and suites, binary and source packages. Sources that are not fetched by HTTP are left out.
 * @param {{ nothingInstalled?: boolean, tell: (detail: string) => void }} options
 *   nothingInstalled: pretend that no package is installed, to learn everything that is needed
 * @returns {Promise<string[]>} options for apt-get
 */
export async function ownApt({ nothingInstalled = false, tell }) {
  const folder = join(cache, 'apt');
  for (const part of ['lists/partial', 'cache/archives/partial', 'parts']) makeFolder(join(folder, part));
  const { stanzas, lines } = systemSources();
  if (stanzas.length + lines.length === 0)
    throw new SetupError('apt has no HTTP source on this machine: add one to /etc/apt/sources.list.d.');
  writeFileSync(join(folder, 'parts/own.sources'), stanzas.join('\n\n'));
  writeFileSync(join(folder, 'parts/own.list'), `${lines.join('\n')}\n`);
  const settings = {
    'Dir::State::Lists': join(folder, 'lists'),
    'Dir::Cache': join(folder, 'cache'),
    'Dir::Etc::SourceList': '/dev/null',
    'Dir::Etc::SourceParts': join(folder, 'parts'),
    'Dir::Log': folder,
    'APT::Sandbox::User': '',
    'Debug::NoLocking': 'true',
    'Acquire::Languages': 'none',
    'Acquire::GzipIndexes': 'true',
    'Acquire::Retries': '2',
  };
  const asOptions = (all) => Object.entries(all).flatMap(([name, value]) => ['-o', `${name}=${value}`]);
  const stamp = join(folder, 'updated');
  if (!existsSync(stamp) || Date.now() - statSync(stamp).mtimeMs > LISTS_GOOD_FOR_MS) {
    tell('reading the lists of packages (apt-get update into the cache)');
    await run('apt-get', [...asOptions(settings), 'update', '-q'], { name: 'own-apt-update', tell });
    writeFileSync(stamp, '');
  }
  if (!nothingInstalled) return asOptions(settings);
  const status = join(folder, 'nothing');
  writeFileSync(status, '');
  return asOptions({ ...settings, 'Dir::State::status': status });
}

function systemSources() {
  const folder = '/etc/apt/sources.list.d';
  const files = readdirSync(folder).map((name) => join(folder, name));
  const stanzas = files
    .filter((file) => file.endsWith('.sources'))
    .flatMap((file) => readFileSync(file, 'utf8').split(/\n\s*\n/))
    .map((stanza) => stanza.replace(/^#.*\n?/gm, '').trim())
    .filter(
      (stanza) => /^Types:.*\bdeb\b/m.test(stanza) && /^URIs:\s*https?:/m.test(stanza) && /^Suites:/m.test(stanza),
    )
    .filter((stanza) => !/^Enabled:\s*no/m.test(stanza))
    .map((stanza) => stanza.replace(/^Types:.*/m, 'Types: deb deb-src'));
  const lines = ['/etc/apt/sources.list', ...files.filter((file) => file.endsWith('.list'))]
    .flatMap((file) => (readIfThere(file) ?? '').split('\n'))
    .filter((line) => /^deb\s+(\[[^\]]*\]\s+)?https?:\S+\s+\S+/.test(line))
    .flatMap((line) => [line, line.replace(/^deb/, 'deb-src')]);
  return { stanzas, lines };
}

function readIfThere(file) {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}
