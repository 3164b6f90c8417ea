import assert from 'node:assert/strict';
import { createHash, randomUUID } from 'node:crypto';
import { after, before, test } from 'node:test';
import { holds } from '../../../src/domain/audit/seal.ts';
import {
  type Directive,
  directiveBoardSchema,
  directiveItemSchema,
  directiveListSchema,
  directiveSchema,
  type Followed,
  followedSchema,
  followHistorySchema,
  followPageSchema,
} from '../../../src/protocol/directive.ts';
import type { ChannelClient } from '../../support/ChannelClient.ts';
import { Meeting } from '../../support/Meeting.ts';
import { issueLinkFor } from '../../support/people.ts';
import { ServerProcess } from '../../support/ServerProcess.ts';
import type { Program } from '../../support/TestNode.ts';

let node: ServerProcess;
let meeting: Meeting;
let pm: ChannelClient;
let moderator: ChannelClient;
let chairs: readonly [ChannelClient, ChannelClient, ChannelClient];
let units: readonly string[];
before(async () => {
  node = await ServerProcess.create();
  meeting = await Meeting.open(node);
  pm = await meeting.enter('Prime');
  moderator = await meeting.withSecret(await issueLinkFor(node, 'moderator', '79'));
  chairs = [await meeting.commune(0), await meeting.commune(1), await meeting.commune(2)];
  units = chairs.map(({ identity }) => identity.slice(0, identity.indexOf('.')));
  await pm.act('stage.goLive', {});
});
after(async () => {
  meeting?.close();
  await node?.close();
});

let directive: Directive;
const url = (rest = '') => `/api/directives/${directive.id}${rest}`;
const wanted = (more: object = {}) => ({
  key: randomUUID(),
  title: 'Lập chốt kiểm soát',
  text: 'Chủ tịch xã trực tiếp chỉ đạo.',
  addressees: { to: ['vn'] },
  deadline: new Date(Date.now() + 7 * 86_400_000).toISOString(),
  ...more,
});
const act = async (who: ChannelClient, doing: object): Promise<Followed> => {
  const { status, body } = await who.program.post(url('/acts'), { key: randomUUID(), ...doing });
  assert.equal(status, 200, JSON.stringify(body));
  return followedSchema.parse(body);
};
const refused = async (who: Program, path: string, body: object) => (await who.post(path, body)).body.error?.reason;

test('DR4 DR11 DR30 a directive given live has its second, reaches the devices of its units, and counts who is not here', async () => {
  const preview = await pm.program.post('/api/directives/preview', { to: ['vn'] });
  const { status, body } = await pm.program.post('/api/directives', wanted({ briefing: meeting.briefing }));
  assert.equal(status, 200, JSON.stringify(body));
  directive = directiveSchema.parse(body);
  assert.deepEqual([directive.number, directive.briefing], [1, meeting.briefing]);
  assert.ok(directive.second !== null && directive.second >= 0);
  assert.equal(directive.addressees, preview.body.addressees);
  for (const chair of chairs)
    assert.deepEqual(await chair.heardOf('directive', ({ id }) => id === directive.id), directive);
  const { counts } = directiveBoardSchema.parse((await pm.program.get(url('/board'))).body);
  const [total] = counts;
  assert.deepEqual([total?.addressees, total?.absentees], [directive.addressees, directive.addressees - 3]);
});
