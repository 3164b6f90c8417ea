import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { root } from './place.mjs';
import { say } from './progress.mjs';

const STOP_WITHIN_MS = 20_000;
/** DRAIN_SECONDS of server/src/config.ts: a node with others sends its viewers there first (PL4). */
const DRAIN_SECONDS = 60;
/** A server that lived this long was well; the count of deaths begins anew. */
const WELL_AFTER_MS = 30_000;
/** A first start that ends by itself so soon has said what is wrong with its settings. */
const REFUSED_WITHIN_MS = 10_000;
/** REFUSED_STATUS of server/src/lib/StartRefusal.ts: it has said in a sentence what somebody has to do. */
const REFUSED = 78;
const DEATHS_ALLOWED = 5;
const LONGEST_PAUSE_MS = 5_000;
/** Thousands who answer at once make much that lives for a second; in a smaller space it is copied again and again. It grows only when it must. */
const YOUNG_MB = 128;
/** DC8: made-up units of a demo that says nothing else; a server of anything else makes none. */
const CROWD = '200';

/**
 * Runs the server, starts it again at once when it dies, and stops it in order when we are told to.
 * One that cannot start where it is ends all at once; but after one that has served, whatever is away now (its database, above all) is waited for.
 * The server gets the signal of an orderly stop from the kernel when the supervisor itself is killed.
 * @param {{ node: string, env: NodeJS.ProcessEnv, as?: string[], descriptors?: number[] }} prepared `as`: what runs a command as the server's account;
 *   `descriptors`: open files that the server inherits from descriptor 4 on
 * @returns {Promise<number>} the exit status for this process
 */
export async function supervise({ env: given, ...rest }) {
  const env = { ...given, DEMO_CROWD: given.DEMO_CROWD || CROWD };
  const prepared = { ...rest, env };
  let stopping = false;
  let child;
  /** Of a demo: it stays while the server is started again, and comes back to it as people do. */
  let crowd;
  const told = new AbortController();
  const pause = (ms) => sleep(ms, undefined, { signal: told.signal }).catch(() => undefined);
  const stop = (signal) => {
    if (stopping) return;
    stopping = true;
    say(`${signal}: stopping the server and its stores`);
    crowd?.kill('SIGTERM');
    child?.kill('SIGTERM');
    told.abort();
    const drainMs = Number(env.DRAIN_SECONDS || DRAIN_SECONDS) * 1_000;
    setTimeout(() => child?.kill('SIGKILL'), drainMs + STOP_WITHIN_MS).unref();
  };
  process.on('SIGINT', () => stop('SIGINT'));
  process.on('SIGTERM', () => stop('SIGTERM'));
  process.on('SIGHUP', () => stop('SIGHUP'));

  let deaths = 0;
  let served = false;
  for (;;) {
    if (stopping) {
      await stopStores(prepared);
      return 0;
    }
    const begin = performance.now();
    child = start(prepared);
    child.on('message', () => {
      served = true;
      crowd ??= startCrowd(prepared);
    });
    const how = await ended(child);
    if (stopping) {
      await stopStores(prepared);
      say('stopped');
      return how === 0 ? 0 : 1;
    }
    if (how === REFUSED && !served) return 1;
    if (how === REFUSED) {
      say(`the server cannot start now, trying again in ${LONGEST_PAUSE_MS / 1000} s`);
      await pause(LONGEST_PAUSE_MS);
      continue;
    }
    if (performance.now() - begin > WELL_AFTER_MS) deaths = 0;
    deaths++;
    if (deaths === 1 && how === 1 && performance.now() - begin < REFUSED_WITHIN_MS) deaths = DEATHS_ALLOWED - 1; // it says itself what is wrong: once more is enough
    if (deaths >= DEATHS_ALLOWED) {
      await stopStores(prepared);
      console.error(
        `\nStopped. The server ended ${how} again and again: mend what it says above, then start again; nothing that was recorded is lost.`,
      );
      return 1;
    }
    say(`the server ended (${how}), starting it again`);
    if (deaths > 1) await pause(Math.min(250 * 2 ** deaths, LONGEST_PAUSE_MS));
  }
}

function start({ node, env, as, descriptors = [] }) {
  const command = [node, `--max-semi-space-size=${YOUNG_MB}`, join(root, 'server/src/main.ts')];
  // In a session of its own it does not get the Ctrl-C of the terminal a second time.
  const [program, ...args] = [...(as ?? withParent()), ...command];
  return spawn(program, args, {
    cwd: root,
    env,
    // By the channel it says that it is ready.
    stdio: ['ignore', 'inherit', 'inherit', 'ipc', ...descriptors],
    detached: true,
  });
}

/** Of DEMO: the data may be those of a demo all the same. */
const OFF = ['0', 'off', 'false'];

/** The made-up units of a demo (DC6), whose links the server has left in DATA_DIR. @returns undefined: there are none */
function startCrowd({ node, env, as }) {
  const { DEMO, DEMO_CROWD, DATA_DIR, PORT = '8080' } = env;
  if (!Number(DEMO_CROWD) || OFF.includes(DEMO) || !existsSync(join(DATA_DIR, 'demo-crowd.json'))) return undefined;
  const command = [node, join(root, 'scripts/crowd/main.ts'), '--data', DATA_DIR, '--url', `http://127.0.0.1:${PORT}`];
  const [program, ...args] = [...(as ?? withParent()), ...command];
  const crowd = spawn(program, args, { cwd: root, env, stdio: ['ignore', 'inherit', 'inherit'], detached: true });
  crowd.on('error', (error) => say(`made-up units: ${error.message}`));
  crowd.on('exit', (code) => code && say(`made-up units ended (${code}); the server goes on without them`));
  return crowd;
}

const withParent = () => (existsSync('/usr/bin/setpriv') ? ['/usr/bin/setpriv', '--pdeathsig', 'TERM'] : []);

function ended(child) {
  return new Promise((resolve) => {
    child.on('error', (error) => resolve(error.message));
    child.on('exit', (code, signal) => resolve(signal ?? code));
  });
}

/** A server that was killed left its stores running. */
function stopStores({ node, env, as = [], descriptors = [] }) {
  const [program, ...args] = [...as, node, join(root, 'scripts/setup/stopStores.ts')];
  return ended(
    spawn(program, args, { cwd: root, env, stdio: ['inherit', 'inherit', 'inherit', 'ignore', ...descriptors] }),
  );
}
