import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import test from 'node:test';
import { ParticipantInfo_Kind, TrackSource } from '@livekit/protocol';
import { AccessToken, type VideoGrant } from 'livekit-server-sdk';
import { keyOf, ringOf } from '../../../test/support/joinTokens.ts';
import type { ApiKey, KeyProof } from './keys/index.ts';
import { signalStatus, Tokens } from './tokens.ts';

const key = 'key';
const secret = 'a secret of at least thirty-two characters';
const tokens = new Tokens(ringOf(keyOf({ key, secret })));

const sign = (grant: VideoGrant, options: object = { identity: 'an' }, by = secret) => {
  const token = new AccessToken(key, by, options);
  token.addGrant(grant);
  return token.toJwt();
};
const admit = (accessToken: string, authorization?: string) => tokens.admit({ accessToken, authorization });
const status = async (promise: Promise<unknown>) => {
  const error = await promise.then(
    () => undefined,
    (e: unknown) => e,
  );
  assert.ok(error, 'it was accepted');
  return signalStatus(error);
};
const join = { roomJoin: true, room: 'r' };

test('absent rights default to true, and data follows publishing', async () => {
  const all = (await admit(await sign(join))).permission;
  assert.deepEqual([all.canPublish, all.canSubscribe, all.canPublishData], [true, true, true]);
  const none = (await admit(await sign({ ...join, canPublish: false }))).permission;
  assert.deepEqual([none.canPublish, none.canSubscribe, none.canPublishData], [false, true, false]);
  const data = (await admit(await sign({ ...join, canPublish: false, canPublishData: true }))).permission;
  assert.equal(data.canPublishData, true);
});

test('sources, names and attributes come through', async () => {
  const options = { identity: 'an', name: 'An', metadata: 'm', attributes: { a: '1' } };
  const got = await admit(await sign({ ...join, canPublishSources: [TrackSource.SCREEN_SHARE_AUDIO] }, options));
  assert.deepEqual(got.permission.canPublishSources, [TrackSource.SCREEN_SHARE_AUDIO]);
  assert.deepEqual(
    [got.identity, got.name, got.metadata, got.attributes, got.room],
    ['an', 'An', 'm', { a: '1' }, 'r'],
  );
});

test('the header wins over the query', async () => {
  const good = await sign(join);
  assert.equal((await admit('nonsense', `Bearer ${good}`)).identity, 'an');
  assert.equal(await status(admit(good, 'Bearer nonsense')), 401);
});

test('each refusal has its status', async () => {
  assert.equal(await status(admit('')), 401);
  assert.equal(await status(admit('not.a.token')), 401);
  assert.equal(await status(admit(await sign(join, { identity: 'an' }, 'another secret of enough characters'))), 401);
  assert.equal(await status(admit(await sign({ room: 'r' }))), 401);
  assert.equal(await status(admit(await sign(join, { identity: 'a\u0000n' }))), 401);
  assert.equal(await status(admit(await sign({ roomJoin: true }))), 400);
});

const forge = (header: object, payload: object, hash?: string) => {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const body = `${part(header)}.${part(payload)}`;
  return `${body}.${hash ? createHmac(hash, secret).update(body).digest('base64url') : ''}`;
};
const now = () => Math.floor(Date.now() / 1000);

test('only HS256 is accepted, and only with an end', async () => {
  const payload = { iss: key, sub: 'an', exp: now() + 60, video: join };
  assert.equal((await admit(forge({ alg: 'HS256' }, payload, 'sha256'))).identity, 'an');
  assert.equal(await status(admit(forge({ alg: 'HS512' }, payload, 'sha512'))), 401);
  assert.equal(await status(admit(forge({ alg: 'none' }, payload))), 401);
  assert.equal(await status(admit(forge({ alg: 'HS256' }, { ...payload, exp: undefined }, 'sha256'))), 401);
});

test('a minute of clock difference is forgiven, more is not', async () => {
  const at = (exp: number) => forge({ alg: 'HS256' }, { iss: key, sub: 'an', exp, video: join }, 'sha256');
  assert.equal((await admit(at(now() - 30))).identity, 'an');
  assert.equal(await status(admit(at(now() - 90))), 401);
});

test('a token without identity can do everything but join', async () => {
  const payload = { iss: key, exp: now() + 60, video: { ...join, roomAdmin: true } };
  const token = forge({ alg: 'HS256' }, payload, 'sha256');
  assert.equal(
    (await tokens.verify({ authorization: `Bearer ${token}`, accessToken: undefined })).grant.roomAdmin,
    true,
  );
  assert.equal(await status(admit(token)), 400);
});

test('a refresh token keeps every right and the newest facts', async () => {
  const first = await admit(await sign({ ...join, canPublish: false, hidden: true, canUpdateOwnMetadata: true }));
  const changed = { ...first, name: 'Bình', kind: ParticipantInfo_Kind.AGENT, attributes: { place: 'stage' } };
  changed.permission.canPublish = true;
  changed.permission.canPublishSources = [TrackSource.CAMERA];
  const again = await admit((await tokens.issueRefresh(changed)).token);
  assert.deepEqual(again, changed);
});

test('KY5 no token follows one whose secret is over, whose key is, or whose room the key has lost', async () => {
  const good = keyOf({ key, secret });
  let now: ApiKey | undefined = good;
  const changing = new Tokens({ find: () => now });
  const inside = await changing.admit({ accessToken: await sign(join), authorization: undefined });
  assert.equal((await changing.issueRefresh(inside)).proof?.key, key);
  const fresh = { secret: 'another secret of at least thirty-two characters', until: undefined };
  for (const [what, then] of Object.entries({
    withdrawn: undefined,
    replaced: { ...good, secrets: [fresh] },
    narrowed: { ...good, rooms: ['other'] },
  })) {
    now = then;
    assert.equal(await status(changing.issueRefresh(inside)), 401, what);
  }
  now = { ...good, secrets: [fresh, ...good.secrets] };
  assert.equal(changing.stateOf(inside.proof as KeyProof, 'r'), 'older');
  const { token } = await changing.issueRefresh(inside);
  now = { ...good, secrets: [fresh] };
  assert.equal((await changing.admit({ accessToken: token, authorization: undefined })).identity, 'an');
});
