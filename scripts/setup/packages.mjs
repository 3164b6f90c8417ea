import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './place.mjs';
import { SetupError } from './progress.mjs';
import { run } from './run.mjs';

/** Installs the packages of the lockfile, unless what is there already agrees with it. */
export async function installPackages(tell) {
  const why = difference();
  if (!why) return 'as in the lockfile';
  tell(`npm ci, because ${why}`);
  const [program, ...first] = npm();
  await run(
    program,
    [...first, 'ci', '--include=dev', '--include=optional', '--ignore-scripts', '--no-fund', '--no-audit'],
    {
      name: 'npm-ci',
      tell,
      advice: 'See that the npm registry of this machine (npm config get registry) is within reach, then start again.',
    },
  );
}

/** The npm that started us, else the system's, as a command line. */
export function npm() {
  const { npm_execpath: own } = process.env;
  return own?.endsWith('.js') ? [process.execPath, own] : ['npm'];
}

/** Node 24 or newer: this one, or the pinned one among the packages. */
export function findNode() {
  if (process.env.DH_NODE) return process.env.DH_NODE;
  if (Number(process.versions.node.split('.')[0]) >= 24) return process.execPath;
  const pinned = join(root, `node_modules/node-linux-${process.arch}/bin/node`);
  if (existsSync(pinned)) return pinned;
  throw new SetupError(
    `Node ${process.versions.node} is too old to run the server, and no newer one came with the packages for ${process.arch}: install Node 24, or name one in DH_NODE.`,
  );
}

/** Why node_modules does not agree with the lockfile; undefined when it does. */
function difference() {
  const installedFile = join(root, 'node_modules/.package-lock.json');
  if (!existsSync(installedFile)) return 'nothing is installed yet';
  const wanted = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')).packages;
  const installed = JSON.parse(readFileSync(installedFile, 'utf8')).packages;
  for (const [path, entry] of Object.entries(wanted)) {
    if (!path.includes('node_modules/') || entry.link) continue;
    if (installed[path]?.version === entry.version && existsSync(join(root, path))) continue;
    // What an optional package for another system needs is optional too, and names no system itself.
    if (entry.optional && !(entry.os || entry.cpu)) continue;
    if (entry.optional && !isForHere(entry)) continue;
    return `${path.slice(path.lastIndexOf('node_modules/') + 13)} ${installed[path] ? 'has another version' : 'is missing'}`;
  }
  return undefined;
}

function isForHere({ os, cpu, libc }) {
  const fits = (list, value) =>
    !list || list.includes(value) || (list.every((v) => v.startsWith('!')) && !list.includes(`!${value}`));
  const here = process.report.getReport().header.glibcVersionRuntime ? 'glibc' : 'musl';
  return fits(os, process.platform) && fits(cpu, process.arch) && fits(libc, here);
}
