/** API keys of programs that use LiveKit's SDKs, each with its rooms; a running server follows. usage: npm run dh -- keys list|add|rotate|withdraw */
import { parseArgs } from 'node:util';
import {
  type ApiKey,
  addKey,
  changeKeyFile,
  keyFilePath,
  readKeys,
  rotateKey,
  withdrawKey,
} from '../../server/src/edge/livekit/keys/index.ts';
import { installation } from '../support/installation.ts';
import { runCommand } from '../support/openDatabase.ts';

const OVERLAP_HOURS = 24;
const HOUR_MS = 3_600_000;

const usage = `usage: npm run dh -- keys list
       npm run dh -- keys add NAME --room PATTERN [--room PATTERN]... [--webhook URL]...   prints its secret
       npm run dh -- keys rotate NAME [--overlap HOURS | --now]                            prints the new secret
       npm run dh -- keys withdraw NAME

A PATTERN is the name of a room, or the beginning of names with * at its end: 'archive-*'. No key has a briefing's room.
After a rotation the old secret is good for ${OVERLAP_HOURS} hours, or for HOURS; with --now it ends at once, and whoever came by it is
put out, as with withdraw. A running server follows within two seconds. Secrets are printed once, to this terminal; they
lie in API_KEYS_FILE (api-keys.json in DATA_DIR), which may also be changed by hand.`;

const config = await installation();
const path = keyFilePath(config);

runCommand(usage, async () => {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      room: { type: 'string', multiple: true, default: [] },
      webhook: { type: 'string', multiple: true, default: [] },
      overlap: { type: 'string' },
      now: { type: 'boolean', default: false },
    },
  });
  const [act, name] = positionals;
  if (act === 'list') return list((await readKeys(config)).keys);
  if (config.JOIN_URL !== undefined)
    throw new Error(`keys are kept by the node at ${config.JOIN_URL}, and this one follows: change them there`);
  if (name === undefined || (values.now && values.overlap !== undefined)) throw new Error(usage);
  if (name === config.LIVEKIT_API_KEY)
    throw new Error(`${name} is the key of LIVEKIT_API_KEY: change it there, and start the server anew`);
  if (act === 'add' && values.room.length > 0) {
    const wanted = { name, rooms: values.room, webhooks: values.webhook };
    tell(await changeKeyFile(path, (keys) => addKey(keys, wanted)), name);
  } else if (act === 'rotate') {
    const hours = values.now ? 0 : Number(values.overlap ?? OVERLAP_HOURS);
    if (!(hours >= 0)) throw new Error(usage);
    tell(await changeKeyFile(path, (keys) => rotateKey(keys, name, hours * HOUR_MS, Date.now())), name);
  } else if (act === 'withdraw') {
    await changeKeyFile(path, (keys) => withdrawKey(keys, name));
  } else throw new Error(usage);
});

function list(keys: readonly ApiKey[]): void {
  for (const { name, rooms, webhooks, secrets } of keys) {
    const ends = secrets.flatMap(({ until }) => (until && until > Date.now() ? new Date(until).toISOString() : []));
    const old = ends.map((end) => `, an old secret until ${end}`).join('');
    // Addresses may hold secrets.
    const told = webhooks.map((url) => `, webhooks to ${new URL(url).host}`).join('');
    const where = name === config.LIVEKIT_API_KEY ? ', of the environment' : '';
    console.log(`${name}: ${rooms.join(' ')}${old}${told}${where}`);
  }
}

function tell(keys: readonly ApiKey[], name: string): void {
  const secret = keys.find((key) => key.name === name)?.secrets[0]?.secret;
  console.log(`LIVEKIT_API_KEY=${name}\nLIVEKIT_API_SECRET=${secret}`);
}
