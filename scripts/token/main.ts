/** Issues a LiveKit access token with this installation's key. usage: npm run dh -- token create --room ROOM --identity NAME */
import { parseArgs } from 'node:util';
import { AccessToken } from 'livekit-server-sdk';
import { readKeys, touches } from '../../server/src/edge/livekit/keys/index.ts';
import { installation } from '../support/installation.ts';
import { runCommand } from '../support/openDatabase.ts';

const usage = `usage: npm run dh -- token create --room ROOM --identity NAME [--name TEXT] [--listen] [--admin] [--ttl SECONDS] [--key NAME]

For programs that use the LiveKit API beside the pages: join a room of their own, or (--admin) manage it over Twirp, at
API_HOST and API_PORT (http://127.0.0.1:8081).
--listen: may subscribe, not publish. The key is NAME, or the first that has the room (npm run dh -- keys list).`;

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
      key: { type: 'string' },
    },
  });
  const { room, identity, name, listen, admin } = values;
  const ttl = Number(values.ttl);
  if (positionals[0] !== 'create' || !room || !identity || !Number.isInteger(ttl) || ttl <= 0) throw new Error(usage);
  const { keys } = await readKeys(await installation());
  const found = keys.find((k) => (values.key === undefined || k.name === values.key) && touches(k, room));
  if (!found) throw new Error(`no API key has the room ${room}: npm run dh -- keys list shows them`);
  const { name: key, secrets } = found;
  const secret = secrets[0]?.secret ?? '';
  const token = new AccessToken(key, secret, { identity, ttl, ...(name && { name }) });
  const admission = admin ? { roomAdmin: true, roomList: true, roomCreate: true } : { roomJoin: true };
  token.addGrant({ room, ...admission, canSubscribe: true, canPublish: !listen, canPublishData: !listen });
  console.log(await token.toJwt());
});
