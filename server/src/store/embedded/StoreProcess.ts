import type { ChildProcess } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from 'pino';
import { StartRefusal } from '../../lib/StartRefusal.ts';
import { NO_ROOM } from './logFile.ts';
import { identifyProcess, isAlive, type ProcessId, signal, untilGone } from './processes.ts';

export type StoreLogger = Pick<Logger, 'info' | 'warn' | 'error'>;

/** What its process must know of a store. */
export interface StoreProgram {
  readonly name: string;
  /**
   * Signal of an orderly stop, and the one for a store that does not heed it (both lose nothing that was committed).
   */
  readonly stopSignals: readonly [NodeJS.Signals, NodeJS.Signals];
  /** The process that serves this folder now, whoever started it. */
  running(): ProcessId | undefined;
  spawn(): ChildProcess;
  /** Does it answer a question of ours? False while it starts or recovers. */
  answers(): Promise<boolean>;
  /** The end of its own log, to be shown when it does not start. */
  lastWords(): string;
}

const WATCH_EVERY_MS = 250;
const START_WITHIN_MS = 60_000;
const ATTEMPTS = 5;
const LONGEST_PAUSE_MS = 2_000;
const STOP_WITHIN_MS = 15_000;

/**
 * Keeps one store alive: takes over the one that an earlier server left, or starts it; starts it again when it dies;
 * stops it at `close()`. When we are killed the store lives on, since it is detached, and the next start takes it over.
 */
export class StoreProcess {
  readonly #program: StoreProgram;
  readonly #logger: StoreLogger;
  #process: ProcessId;
  #timer: NodeJS.Timeout;
  #restarting: Promise<void> | undefined;
  #closed = false;

  private constructor(program: StoreProgram, logger: StoreLogger, process: ProcessId) {
    this.#program = program;
    this.#logger = logger;
    this.#process = process;
    this.#timer = setInterval(() => this.#watch(), WATCH_EVERY_MS);
    this.#timer.unref();
  }

  /** @throws Error with the store's last words when it does not start. */
  static async create(program: StoreProgram, logger: StoreLogger): Promise<StoreProcess> {
    for (let attempt = 1; ; attempt++) {
      try {
        return new StoreProcess(program, logger, await open(program, logger));
      } catch (error) {
        if (attempt === ATTEMPTS || error instanceof NoRoom) throw error;
        // After a kill -9 the children of the old process may hold its memory for a moment.
        await sleep(200 * attempt);
      }
    }
  }

  get pid(): number {
    return this.#process.pid;
  }

  #watch(): void {
    if (this.#closed || this.#restarting || isAlive(this.#process)) return;
    this.#logger.error({ store: this.#program.name, pid: this.#process.pid }, 'store died, starting it again');
    this.#restarting = this.#restart().finally(() => {
      this.#restarting = undefined;
    });
  }

  async #restart(): Promise<void> {
    for (let pause = 100; !this.#closed; pause = Math.min(pause * 1.5, LONGEST_PAUSE_MS)) {
      try {
        this.#process = await open(this.#program, this.#logger);
        return;
      } catch (error) {
        this.#logger.error({ store: this.#program.name, err: error }, 'store does not start, trying again');
        await sleep(pause);
      }
    }
  }

  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    clearInterval(this.#timer);
    await this.#restarting;
    await stop(this.#program);
    this.#logger.info({ store: this.#program.name }, 'store stopped');
  }
}

async function open(program: StoreProgram, logger: StoreLogger): Promise<ProcessId> {
  const existing = program.running();
  const process = existing ?? start(program);
  const end = performance.now() + START_WITHIN_MS;
  while (!(await program.answers())) {
    if (!isAlive(process)) throw stopped(program);
    if (performance.now() > end) throw new StartRefusal(`${program.name} does not answer: ${program.lastWords()}`);
    await sleep(30);
  }
  logger.info({ store: program.name, pid: process.pid }, existing ? 'store adopted' : 'store started');
  return process;
}

/** No later attempt finds what the first did not. */
class NoRoom extends StartRefusal {}

function stopped(program: StoreProgram): StartRefusal {
  const words = program.lastWords();
  return NO_ROOM.test(words)
    ? new NoRoom(`the disk is full, so ${program.name} does not start: make room, then start again (${words})`)
    : new StartRefusal(`${program.name} stopped while starting: ${words}`);
}

function start(program: StoreProgram): ProcessId {
  const child = program.spawn();
  child.on('error', () => undefined); // told below, where no pid came
  child.unref();
  const process = child.pid === undefined ? undefined : identifyProcess(child.pid);
  if (!process) throw new StartRefusal(`${program.name} could not be started: ${child.spawnfile} did not run`);
  return process;
}

/** Stops whatever serves the folder of this store; also for a store that no process of ours watches. */
export async function stop(program: StoreProgram): Promise<void> {
  const process = program.running();
  if (!process) return;
  for (const name of program.stopSignals) {
    signal(process, name);
    if (await untilGone(process, STOP_WITHIN_MS)) return;
  }
  throw new StartRefusal(`${program.name} (process ${process.pid}) does not stop: end it by hand`);
}
