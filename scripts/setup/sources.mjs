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

export function systemSources() {
  const folder = '/etc/apt/sources.list.d';
  const names = ['/etc/apt/sources.list', ...readdirSync(folder).map((name) => join(folder, name))];
  return chooseSources(
    names.filter((name) => existsSync(name)).map((name) => ({ name, text: readFileSync(name, 'utf8') })),
  );
}

/**
 * What of the system's files of sources can be used: both of apt's formats, fetched by HTTP, not switched off; each also for source packages.
 * @param {{ name: string, text: string }[]} files
 */
export function chooseSources(files) {
  const stanzas = files
    .filter(({ name }) => name.endsWith('.sources'))
    .flatMap(({ text }) => text.split(/\n\s*\n/))
    .map((stanza) => stanza.replace(/^#.*\n?/gm, '').trim())
    .filter(
      (stanza) => /^Types:.*\bdeb(\s|$)/m.test(stanza) && /^URIs:\s*https?:/m.test(stanza) && /^Suites:/m.test(stanza),
    )
    .filter((stanza) => !/^Enabled:\s*no/m.test(stanza))
    .map((stanza) => stanza.replace(/^Types:.*/m, 'Types: deb deb-src'));
  const lines = files
    .filter(({ name }) => name.endsWith('.list'))
    .flatMap(({ text }) => text.split('\n'))
    .filter((line) => /^deb\s+(\[[^\]]*\]\s+)?https?:\S+\s+\S+/.test(line))
    .flatMap((line) => [line, line.replace(/^deb/, 'deb-src')]);
  return { stanzas, lines };
}
