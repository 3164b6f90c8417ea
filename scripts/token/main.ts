/** Issues a LiveKit access token with this installation's key. usage: npm run dh -- token create --room ROOM --identity NAME */
import { parseArgs } from 'node:util';
import { AccessToken } from 'livekit-server-sdk';
import { readConfig } from '../../server/src/config.ts';
import { apiKey } from '../../server/src/lib/apiKey.ts';
import { runCommand } from '../support/openDatabase.ts';

const usage = `usage: npm run dh -- token create --room ROOM --identity NAME [--name TEXT] [--listen] [--admin] [--ttl SECONDS]

For programs that use the LiveKit API beside the pages: join a room of their own, or (--admin) manage it over Twirp, at
API_HOST and API_PORT (http://127.0.0.1:8081).
--listen: may subscribe, not publish. The key is LIVEKIT_API_KEY and LIVEKIT_API_SECRET, or the pair in DATA_DIR.`;

runCommand(usage, async () => {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      room: { type: 'string' },
      identity: { type: 'string' },
      name: { type: 'string' },
      listen: { type: 'boolean', default: false },
      admin: { type: 'boolean', default: false },
      ttl: { type: 'string', default: '21600' },
    },
  });
  const { room, identity, name, listen, admin } = values;
  const ttl = Number(values.ttl);
  if (positionals[0] !== 'create' || !room || !identity || !Number.isInteger(ttl) || ttl <= 0) throw new Error(usage);
  const { key, secret } = await apiKey(readConfig(process.env));
  const token = new AccessToken(key, secret, { identity, ttl, ...(name && { name }) });
  const admission = admin ? { roomAdmin: true, roomList: true, roomCreate: true } : { roomJoin: true };
  token.addGrant({ room, ...admission, canSubscribe: true, canPublish: !listen, canPublishData: !listen });
  console.log(await token.toJwt());
});
