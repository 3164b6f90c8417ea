import { flushCompileCache } from 'node:module';
import { App } from './compose/App.ts';
import { checkMachine } from './compose/checkMachine.ts';
import { joinedSettings } from './compose/joined.ts';
import { joinLine } from './compose/joinLine.ts';
import { provePage } from './compose/provePage.ts';
import { requireReach } from './compose/requireReach.ts';
import { readConfig } from './config.ts';
import { logLevel } from './demo/logLevel.ts';
import { REFUSED_STATUS, startRefusal } from './lib/StartRefusal.ts';
import { createLogger } from './observability/logger.ts';

/** Longer than the patience of everything that closes; after it the process ends anyway. */
const CLOSE_TIMEOUT_MS = 10_000;

async function main(): Promise<void> {
  const config = readConfig(await joinedSettings(process.env));
  requireReach(config);
  const logger = createLogger(logLevel(config));
  let stopping = false;
  process.on('uncaughtException', (error) => {
    // A connection that closes may break what waits on it in a library; the stores are stopped all the same.
    if (stopping) return logger.warn({ err: error }, 'nobody caught this while closing');
    logger.fatal({ err: error }, 'nobody caught this; the process ends and its supervisor starts it anew');
    process.exit(1);
  });

  await checkMachine(config);
  const app = await App.create(config, logger);
  await provePage(config, logger).catch(async (error) => {
    await app.close();
    throw error;
  });
  let ending = false;
  const end = (why: object, status: number): void => {
    if (stopping) return;
    stopping = true;
    logger.info(why, 'closing');
    setTimeout(() => process.exit(status || 1), CLOSE_TIMEOUT_MS).unref();
    void app.close().then(() => process.exit(status));
  };
  const stop = (signal: string): void => {
    if (ending) return;
    ending = true;
    void app.leave().finally(() => end({ signal }, 0));
  };
  void app.over.then((refusal) => {
    console.error(`\n${refusal.message}.`);
    end({ err: refusal }, REFUSED_STATUS);
  });
  // Not `once`: the kernel may send the signal of a killed supervisor once for each of its threads, and a second one
  // that nobody listens for would end this process before its stores.
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => stop(signal));

  // The supervisor goes on trying for one that has served before, and ends with one that never did: it is to know before anybody else.
  process.send?.('ready');
  const empty = 'nobody has an account yet: npm run dh -- init makes the first two, with a link for each';
  const links = app.demoLinks.map(({ who, url }) => `  ${who}: ${url}`);
  const said = [`ready ${app.address}`, ...links, app.isEmpty ? empty : undefined, joinLine(config)];
  // In one piece: whoever reads the first line can read the others.
  console.log(said.filter((line) => line !== undefined).join('\n'));
  // Node would write it at an orderly end only; the start after a kill is the one that has to be fast.
  flushCompileCache();
}

main().catch((error: unknown) => {
  const refusal = startRefusal(error);
  // What nobody foresaw is shown whole, with its causes.
  console.error(refusal ? `\n${refusal.message}.` : error);
  process.exit(refusal ? REFUSED_STATUS : 1);
});
