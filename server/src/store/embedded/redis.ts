import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { createConnection } from 'node:net';
import { join } from 'node:path';
import type { SystemAccount } from './account.ts';
import { findRedis } from './binaries.ts';
import { own, type StoresHome } from './home.ts';
import { lastLines, withLog } from './logFile.ts';
import { identifyProcess, worksIn } from './processes.ts';
import type { StoreProgram } from './StoreProcess.ts';
import { inUrl, JOINED, joinedPassword, SHARED_REDIS_PORT, type Share } from './share.ts';

export interface RedisStore extends StoreProgram {
  readonly redisUrl: string;
  /** As other machines come in, without the file of the authority; undefined: they do not. */
  readonly sharedUrl: string | undefined;
}

/** NJ4: all that jobs, leases and the bus need; nothing by which the server itself, or its accounts, are changed. */
const FEW_RIGHTS = '~* &* +@all -@admin -@dangerous +info';

const ANSWER_WITHIN_MS = 2_000;

/**
 * A Redis in `stores/redis` with an append-only file, on a Unix socket alone, with a generated password; where it is
 * shared, over TLS too.
 * @throws Error when no redis-server is found.
 */
export function openRedis(
  home: StoresHome,
  account: SystemAccount | undefined,
  env: NodeJS.ProcessEnv,
  share?: Share,
): RedisStore {
  const program = findRedis(env);
  const data = join(home.folder, 'redis');
  const log = join(home.folder, 'redis.log');
  const socket = join(home.sockets, 'redis.sock');
  const pidFile = join(data, 'redis.pid');
  mkdirSync(data, { recursive: true, mode: 0o700 });
  own(data, account);
  const nodePassword = joinedPassword(home.secrets.redis);
  const settings = [
    'port 0',
    ...(share
      ? [
          `tls-port ${SHARED_REDIS_PORT}`,
          `bind ${share.address}`,
          `tls-cert-file "${share.cert}"`,
          `tls-key-file "${share.key}"`,
          `tls-ca-cert-file "${share.cert}"`,
          'tls-auth-clients no',
          `user ${JOINED} on >${nodePassword} ${FEW_RIGHTS}`,
        ]
      : []),
    `unixsocket "${socket}"`,
    'unixsocketperm 700',
    `requirepass ${home.secrets.redis}`,
    `dir "${data}"`,
    `pidfile "${pidFile}"`,
    'appendonly yes',
    'appendfsync everysec',
    'save ""',
    'maxmemory-policy noeviction', // the job queue must never lose a key to make room
  ].join('\n');
  return {
    name: 'Redis',
    stopSignals: ['SIGTERM', 'SIGKILL'],
    redisUrl: `unix://${socket}?password=${home.secrets.redis}`,
    sharedUrl: share && `rediss://${JOINED}:${nodePassword}@${inUrl(share.address)}:${SHARED_REDIS_PORT}`,
    running() {
      if (!existsSync(pidFile)) return undefined;
      const pid = Number.parseInt(readFileSync(pidFile, 'utf8'), 10);
      return worksIn(pid, data) ? identifyProcess(pid) : undefined;
    },
    spawn() {
      return withLog(log, (fd) => {
        // The settings come by standard input: the password is then in no argument list and in no second file.
        const options = {
          ...account,
          cwd: data,
          env: { PATH: '/usr/bin:/bin', LANG: 'C.UTF-8' },
          argv0: 'redis-server',
        };
        const child = spawn(program, ['-'], { ...options, detached: true, stdio: ['pipe', fd, fd] });
        child.stdin?.on('error', () => undefined); // it may die before it has read them
        child.stdin?.end(settings);
        return child;
      });
    },
    answers: () => ping(socket, home.secrets.redis),
    lastWords: () => lastLines(log),
  };
}

/** True when Redis takes the password and answers PING; a Redis that still loads its file says LOADING instead. */
function ping(path: string, password: string): Promise<boolean> {
  return new Promise((resolve) => {
    let answer = '';
    const socket = createConnection({ path }, () => socket.write(`AUTH ${password}\r\nPING\r\n`));
    const end = (good: boolean) => {
      socket.destroy();
      resolve(good);
    };
    socket.setTimeout(ANSWER_WITHIN_MS, () => end(false));
    socket.on('error', () => end(false));
    socket.on('close', () => end(false));
    socket.on('data', (chunk) => {
      answer += chunk.toString('latin1');
      if (answer.split('\r\n').length > 2) end(answer === '+OK\r\n+PONG\r\n');
    });
  });
}
