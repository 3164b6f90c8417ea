/**
 * What is done as root before root is given up: what this machine lacks is said while everybody's ports can be seen, and what the stores need is
 * laid where their account finds it. usage: node prepareAsRoot.ts (exit status: the server's own, were it refused)
 */
import { checkMachine } from '../../server/src/compose/checkMachine.ts';
import { readConfig } from '../../server/src/config.ts';
import { REFUSED_STATUS, startRefusal } from '../../server/src/lib/StartRefusal.ts';
import { prepareEmbedded } from '../../server/src/store/embedded/index.ts';

try {
  const config = readConfig(process.env);
  await checkMachine(config);
  if (!(config.DATABASE_URL && config.REDIS_URL) && !config.JOIN_URL) prepareEmbedded(config);
} catch (error) {
  const refusal = startRefusal(error);
  console.error(refusal ? `\n${refusal.message}.` : error);
  process.exit(refusal ? REFUSED_STATUS : 1);
}
