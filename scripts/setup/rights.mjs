import { spawnSync } from 'node:child_process';
import { existsSync, realpathSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeAccount, PLACE, runAs, SERVER_ACCOUNT, WORKER_ACCOUNT } from './accounts.mjs';
import { compiledSetting, placeCompiled, placedCompiled } from './compiled.mjs';
import { groupOf, handFiles, removeOldCopies } from './handFiles.mjs';
import { isRoot, root } from './place.mjs';
import { placedPrograms, placePrograms } from './programs.mjs';
import { SetupError, say } from './progress.mjs';
import { isUnder, reach } from './reach.mjs';
import { ask } from './run.mjs';

/** Where `server/src/store/embedded/home.ts` puts stores that lie out of DATA_DIR. */
const STORES_ELSEWHERE = new RegExp(`^${PLACE}/[0-9a-f]{16}$`);

/**
 * Root is given up before the server is started (decision 032): it and its stores run as `dieu-hanh`, media workers as `dieu-hanh-media`, the
 * code is root's, and root is kept by the supervisor alone. Where a machine does not permit it, the start goes on as root and says so.
 * @param {{ node: string, env: NodeJS.ProcessEnv }} prepared
 * @returns {{ node: string, env: NodeJS.ProcessEnv, as?: string[], descriptors?: number[] }} `as`: what goes before each command of the server;
 *   `descriptors`: open files that it inherits
 */
export function giveUpRoot(prepared) {
  if (!isRoot) return asOrdinaryUser(prepared);
  removeOldCopies();
  try {
    const given = give(prepared);
    say(
      `rights: the server runs as ${SERVER_ACCOUNT}, media workers as ${given.workersAs}; this supervisor alone stays root`,
    );
    return given;
  } catch (error) {
    say(
      `rights: EVERYTHING RUNS AS ROOT, since ${reasonOf(error)}. A checkout under /opt and a whole root are better.`,
    );
    return { ...prepared, env: { ...prepared.env, ...compiledSetting(prepared.env) } };
  }
}

/** What this machine refuses; whatever else it is, is thrown again. */
function reasonOf(error) {
  if (error instanceof SetupError || error.syscall) return error.message;
  throw error;
}

/** For a service that is started as an account (deploy/dieu-hanh.service): what it finds there is root's. */
export function prepareRights({ node, env }) {
  if (!isRoot) return;
  try {
    const server = makeAccount(SERVER_ACCOUNT);
    placeCompiled(node, server.uid);
    if (env.MEDIA_LAUNCHER) placePrograms(env, server, makeAccount(WORKER_ACCOUNT));
  } catch (error) {
    say(`rights: media workers of a service will have no account of their own, since ${reasonOf(error)}`);
  }
}

function asOrdinaryUser({ node, env }) {
  const programs = placedPrograms(env);
  const compiled = placedCompiled(node);
  ask('rm', ['-rf', '--', oldCompiled(env)]);
  const found = compiled ? { ...env, NODE_COMPILE_CACHE: compiled } : env;
  const settings = { ...found, ...compiledSetting(found) };
  return { node, env: programs ? withPlaced(settings, programs) : settings };
}

/** Where versions before this one kept compiled code, which the server's account could write. */
const oldCompiled = ({ DATA_DIR }) => join(DATA_DIR, 'compiled');

const withPlaced = (env, { worker, launcher }) => ({ ...env, MEDIASOUP_WORKER_BIN: worker, MEDIA_LAUNCHER: launcher });

function give({ node, env }) {
  const server = makeAccount(SERVER_ACCOUNT);
  const way = waysToBe(env).find((how) => runs(runAs(server, how), 'true'));
  if (!way) throw new SetupError('this root may not change to another account (setpriv)');
  const as = runAs(server, way);
  const { programs, workersAs } = placeWorkers(env, server, as);
  prepareData(node, env, server);
  const view = reach(as, [
    { path: root, test: 'x' },
    { path: join(root, 'server/src/main.ts'), test: 'r' },
    { path: realpathSync(node), test: 'x' },
    { path: env.DATA_DIR, test: 'w', writes: true },
  ]);
  // As the account, since whoever had taken it could have laid links there.
  runs([...view, ...as], 'rm', '-rf', '--', oldCompiled(env));
  const mayRead = (path) => runs([...view, ...as], 'test', '-r', path);
  const { settings, descriptors } = handFiles(env, way.group ?? server.gid, mayRead);
  const owned = {
    ...programs,
    ...settings,
    HOME: '/nonexistent',
    USER: SERVER_ACCOUNT,
    LOGNAME: SERVER_ACCOUNT,
    NODE_COMPILE_CACHE: placeCompiled(node, server.uid),
  };
  return { node, env: { ...env, ...owned }, as: [...view, ...as], descriptors, workersAs };
}

/** From the best: with a group of this installation, which a container may not know, and without a way back to rights of root. */
function waysToBe(env) {
  const lowPorts = wantsLowPorts(env);
  return [groupOf(env.DATA_DIR), undefined].flatMap((group) =>
    [true, false].map((bounded) => ({ lowPorts, bounded, group })),
  );
}

/** Whether any of its ports is one that root alone may open; that of an ACME server's question is, unless it is told otherwise. */
export const wantsLowPorts = ({ PORT, API_PORT, ACME_DIRECTORY, ACME_HTTP_PORT }) =>
  [PORT, API_PORT, ACME_DIRECTORY && (ACME_HTTP_PORT || 80)].some((port) => Number(port) > 0 && Number(port) < 1024);

const runs = ([program, ...args], ...command) => ask(program, [...args, ...command], { cwd: '/' }) !== undefined;

/** Workers of an account of their own, where set-user-ID works: not on a file system without it, nor in a container that forbids new rights. */
function placeWorkers(env, server, as) {
  if (!env.MEDIASOUP_WORKER_BIN || !existsSync(env.MEDIASOUP_WORKER_BIN)) return { workersAs: SERVER_ACCOUNT };
  if (!env.MEDIA_LAUNCHER) throw new SetupError('there is no launcher for media workers');
  const workers = makeAccount(WORKER_ACCOUNT);
  const placed = placePrograms(env, server, workers);
  const told = ask(as[0], [...as.slice(1), placed.launcher, '--tell'], { cwd: '/' });
  const uid = told ? JSON.parse(told).uid : undefined;
  const workersAs =
    uid === workers.uid ? WORKER_ACCOUNT : `${SERVER_ACCOUNT} too (set-user-ID does not work in ${PLACE})`;
  return { programs: withPlaced({}, placed), workersAs };
}

/**
 * The data become the account's, also those that an earlier start left to root. What belongs to somebody else is left alone, and no link is
 * followed, since whoever had taken the account could have laid it.
 */
function prepareData(node, env, { uid, gid }) {
  const folder = realpathSync(env.DATA_DIR);
  const shared = [root, PLACE, homedir(), tmpdir(), '/etc', '/usr'].find((path) => isUnder(path, folder));
  if (shared) throw new SetupError(`DATA_DIR (${folder}) is no folder of its own: ${shared} is in it`);
  const prepare = [join(root, 'scripts/setup/prepareAsRoot.ts')];
  const { status } = spawnSync(node, prepare, { cwd: root, env, stdio: ['ignore', 'inherit', 'inherit'] });
  // It has said in a sentence what somebody has to do.
  if (status !== 0) process.exit(1);
  const elsewhere = existsSync(join(folder, 'stores')) ? [realpathSync(join(folder, 'stores'))] : [];
  // `prepareAsRoot` has laid them, or refused; here only a folder that is root's to give is given.
  const places = [folder, ...elsewhere.filter((path) => STORES_ELSEWHERE.test(path))];
  const handed = spawnSync('chown', ['-RhP', '--from=0', `${uid}:${gid}`, '--', ...places], { encoding: 'utf8' });
  if (handed.status !== 0) throw new SetupError(`${folder} cannot be handed over (${handed.stderr.trim()})`);
}
