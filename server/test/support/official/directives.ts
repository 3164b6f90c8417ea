import { createHash, randomUUID } from 'node:crypto';
import type { FollowActName } from '../../../src/domain/directive/follow.ts';
import { decideFollows } from '../../../src/domain/directive/followGroup.ts';
import { decideIssue, decideRecall } from '../../../src/domain/directive/issuing.ts';
import type { Draft } from '../../../src/domain/directive/ports.ts';
import type { Postgres } from '../../../src/store/postgres/base/Postgres.ts';
import { PgAttachments } from '../../../src/store/postgres/directive/PgAttachments.ts';
import { PgDirectives } from '../../../src/store/postgres/directive/PgDirectives.ts';
import type { OfficialWorld } from './OfficialWorld.ts';

/** Directives in a briefing and outside of one, with a file, followed in every way, superseded and recalled. */
export async function followDirectives(world: OfficialWorld): Promise<void> {
  const { postgres, pm, units } = world;
  const store = new PgDirectives(postgres);
  const bytes = Buffer.from('Danh sách chốt');
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  await new PgAttachments(postgres).keep({ sha256, type: 'text/plain', bytes, by: pm.id });
  const by = { account: pm.id, name: pm.name };
  const draft = (more: Partial<Draft>): Draft => ({
    key: randomUUID(),
    issuer: { unit: 'vn', path: 'vn', name: 'Việt Nam' },
    by,
    title: 'Lập chốt',
    text: 'Kiểm soát người ra vào.',
    attachments: [{ sha256, name: 'chốt.txt' }],
    addressing: { to: ['vn'], except: [] },
    addressees: units.index
      .baseUnits(['vn'])
      .map(({ code, path, name }) => ({ unit: code, path, name, absentee: false })),
    deadline: '2099-01-01T00:00:00.000Z',
    briefing: null,
    supersedes: null,
    ...more,
  });
  const issue = (wanted: Draft) => store.issue(wanted, (moment) => decideIssue(wanted, moment));
  const first = await issue(draft({ briefing: await world.liveBriefing() }));
  const second = await issue(draft({ supersedes: first.directive.id }));
  const { id: directive } = second.directive;
  const chain = await store.chainOf(directive);
  if (chain === undefined) throw new Error('the directive is not there');
  const say = async (act: FollowActName, unit: string, more: object = {}) => {
    const nothing = { name: null, words: null, promised: null };
    const asks = [{ key: randomUUID(), directive, unit, act, by, ...nothing, ...more }];
    const [done] = await store.record(chain, asks, (moment) => decideFollows(asks, moment));
    if (!done || 'error' in done) throw done?.error;
  };
  const asked = { words: 'Ai cấp vật tư?' };
  await say('read', '10001');
  await say('acknowledge', '10001', { name: 'Lê Văn A', words: 'Công an xã làm', promised: '2098-12-31' });
  await say('start', '10001', { words: 'Đã lập hai chốt' });
  await say('ask', '10003', asked);
  await say('reply', '10003', { words: 'Tỉnh cấp' });
  await say('refuse', '10002', { name: 'Trần Thị B', words: 'Xã đã sáp nhập' });
  await store.recall({ directive, key: randomUUID(), why: 'Đã có chỉ thị mới', by }, (end) => decideRecall('', end));
  await say('refuse-recall', '10001', { words: 'Đã làm xong một phần' });
  await say('agree-recall', '10003');
  await say('done', '10001', { words: 'Ba chốt hoạt động' });
}

/** One more, outside of a briefing. @param postgres the world's database, or one that was made of it */
export async function issueAlone(postgres: Postgres, { pm, units }: Pick<OfficialWorld, 'pm' | 'units'>) {
  const wanted: Draft = {
    ...{ key: randomUUID(), issuer: { unit: 'vn', path: 'vn', name: 'Việt Nam' }, title: 'Thêm', text: 'Thêm.' },
    ...{ by: { account: pm.id, name: pm.name }, attachments: [], addressing: { to: ['vn'], except: [] } },
    addressees: units.index
      .baseUnits(['vn'])
      .map(({ code, path, name }) => ({ unit: code, path, name, absentee: false })),
    ...{ deadline: null, briefing: null, supersedes: null },
  };
  return (await new PgDirectives(postgres).issue(wanted, (moment) => decideIssue(wanted, moment))).directive;
}
