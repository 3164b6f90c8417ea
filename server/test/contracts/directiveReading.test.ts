import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, test } from 'node:test';
import {
  directiveBoardSchema,
  directiveItemSchema,
  directiveStatesSchema,
  followPageSchema,
} from '../../src/protocol/directive.ts';
import type { Account, Role } from '../../src/protocol/organisation.ts';
import { DirectiveWorld, refusalOf } from '../support/DirectiveWorld.ts';
import { openStores, type TestStores } from '../support/stores.ts';

let stores: TestStores;
let world: DirectiveWorld;
let pm: Account;
before(async () => {
  stores = await openStores({ country: true });
  world = await DirectiveWorld.create(stores.databaseUrl);
  pm = await world.person('principal', 'vn');
});
after(async () => {
  await world?.close();
  await stores?.close();
});

const acknowledge = { act: 'acknowledge', name: 'A', words: 'Làm', promised: null } as const;
const verdict = (act: Promise<unknown>) => refusalOf(act).catch(() => 'done');

test('DR10 a preview counts whom the same addressing reaches, with a few names', async () => {
  const addressing = { to: ['01', '79'], except: ['01'] };
  const { addressees, sample } = await world.directives.preview(pm, addressing);
  const directive = await world.issue(pm, addressing);
  assert.equal(addressees, directive.addressees);
  assert.equal(sample.length, 5);
  const rows = await world.board.follows(pm, directive.id, { limit: 5 });
  assert.deepEqual(
    rows.follows.map(({ unitName }) => unitName),
    sample,
  );
  assert.equal(await refusalOf(world.directives.preview(pm, { to: ['79'], except: ['vn'] })), 'bad-request');
  assert.equal(await refusalOf(world.directives.preview(pm, { to: ['no-such'], except: [] })), 'not-found');
  assert.equal(await refusalOf(world.directives.preview(pm, { to: { list: 'không có' }, except: [] })), 'not-found');
});

test('DR11 absentees are those without a device in the briefing, and outside of one there are none', async () => {
  const [here = '', away = ''] = world.communes('79', 2);
  world.present.add(here);
  const briefing = await world.liveBriefing(pm);
  const directive = await world.issue(pm, { to: [here, away], briefing });
  const { follows } = await world.board.follows(pm, directive.id, { limit: 10 });
  assert.deepEqual(Object.fromEntries(follows.map(({ unit, absentee }) => [unit, absentee])), {
    [here]: false,
    [away]: true,
  });
  const outside = await world.issue(pm, { to: [here, away] });
  const { counts } = await world.board.board(pm, outside.id);
  assert.equal(counts[0]?.absentees, 0);
  const inbox = await world.directives.list(await world.person('seat', away), { box: 'inbox', open: true });
  assert.deepEqual(
    inbox.map((item) => item.directive.id).slice(0, 2),
    [outside.id, directive.id],
    'and finds it when it signs in',
  );
});

/** Who stands where to a directive that the principal of province 79 gave to one commune of district 760. */
const places = {
  'the unit': 'to',
  'a neighbour in the district': 'beside',
  'the district above': '760',
  'the province that issued': '79',
  'the nation above': 'vn',
  'another province': '01',
} as const;

for (const [what, outcomes] of Object.entries({
  //                            unit, neighbour, district, issuer, nation, other province
  read: {
    principal: ['done', 'not-found', 'done', 'done', 'done', 'not-found'],
    moderator: ['done', 'not-found', 'done', 'done', 'done', 'not-found'],
    seat: ['done', 'not-found', 'not-found', 'not-found', 'not-found', 'not-found'],
    operator: Array(6).fill('not-found'),
  },
  answer: {
    principal: ['done', ...Array(5).fill('not-found')],
    moderator: ['done', ...Array(5).fill('not-found')],
    seat: ['done', ...Array(5).fill('not-found')],
    operator: Array(6).fill('forbidden'),
  },
  reply: {
    principal: ['outside-territory', 'not-found', 'outside-territory', 'done', 'done', 'not-found'],
    moderator: ['outside-territory', 'not-found', 'outside-territory', 'done', 'done', 'not-found'],
    seat: Array(6).fill('forbidden'),
    operator: Array(6).fill('forbidden'),
  },
  recall: {
    principal: ['outside-territory', 'not-found', 'outside-territory', 'done', 'done', 'not-found'],
    moderator: ['outside-territory', 'not-found', 'outside-territory', 'done', 'done', 'not-found'],
    seat: Array(6).fill('forbidden'),
    operator: Array(6).fill('forbidden'),
  },
  issue: {
    principal: ['done', 'outside-territory', 'done', 'done', 'done', 'outside-territory'],
    moderator: ['done', 'outside-territory', 'done', 'done', 'done', 'outside-territory'],
    seat: Array(6).fill('forbidden'),
    operator: Array(6).fill('forbidden'),
  },
  board: {
    principal: ['done', 'not-found', 'done', 'done', 'done', 'not-found'],
    moderator: ['done', 'not-found', 'done', 'done', 'done', 'not-found'],
    seat: ['done', ...Array(5).fill('not-found')],
    operator: Array(6).fill('not-found'),
  },
} as const))
  test(`DR8 DR13 DR17 AK3 AK8 who may ${what}: role by inside, beside, above, outside`, async () => {
    const [to = '', beside = ''] = world.communes('760', 2);
    const issuer = await world.person('principal', '79');
    for (const [role, expected] of Object.entries(outcomes) as [Role, readonly string[]][])
      for (const [i, [place, code]] of Object.entries(places).entries()) {
        const unit = code === 'to' ? to : code === 'beside' ? beside : code;
        const who = await world.person(role, unit);
        const directive = await world.issue(issuer, { to: [to] });
        const tries: Readonly<Record<string, () => Promise<unknown>>> = {
          read: () => world.directives.read(who, directive.id),
          answer: () => world.act(who, directive, acknowledge),
          reply: () => world.reply(who, directive, to),
          recall: () => world.recall(who, directive),
          issue: () => world.issue(who, { to: [to] }),
          board: () => world.board.board(who, directive.id),
        };
        if (what === 'reply') await world.act(await world.person('seat', to), directive, { act: 'ask', words: 'Ai?' });
        assert.equal(await verdict(tries[what]?.() ?? Promise.reject()), expected[i], `${role} at ${place}`);
      }
  });

test('DR13 of its addressees a leader sees those of their own territory', async () => {
  const directive = await world.issue(pm, { to: ['79', '01'] });
  const leader = await world.person('moderator', '79');
  const { counts } = await world.board.board(leader, directive.id);
  assert.equal(counts[0]?.addressees, world.units.index.countBase(['vn.79']));
  assert.equal(await refusalOf(world.board.board(leader, directive.id, 'vn')), 'outside-territory');
  assert.equal(
    await refusalOf(world.board.follows(leader, directive.id, { root: '01', limit: 1 })),
    'outside-territory',
  );
  const [commune = ''] = world.communes('01', 1);
  assert.equal(await refusalOf(world.board.history(leader, directive.id, commune)), 'outside-territory');
});

test('DR14 the inbox is newest first; open leaves what still asks something', async () => {
  const [unit = ''] = world.communes('92', 1);
  const chair = await world.person('seat', unit);
  const titles = ['còn mở', 'đã xong', 'từ chối', 'thu hồi', 'thay thế'];
  const given = new Map<string, Awaited<ReturnType<DirectiveWorld['issue']>>>();
  for (const title of titles) given.set(title, await world.issue(pm, { to: [unit], title }));
  const one = (title: string) => given.get(title) as NonNullable<ReturnType<typeof given.get>>;
  await world.act(chair, one('đã xong'), acknowledge);
  await world.act(chair, one('đã xong'), { act: 'done', words: 'Xong' });
  await world.act(chair, one('từ chối'), { act: 'refuse', name: 'A', words: 'Không' });
  await world.recall(pm, one('thu hồi'));
  await world.issue(pm, { to: [unit], title: 'bản mới', supersedes: one('thay thế').id });
  const box = async (open: boolean) =>
    (await world.directives.list(chair, { box: 'inbox', open })).map(({ directive }) => directive.title);
  assert.deepEqual(await box(false), ['bản mới', ...titles.toReversed()]);
  assert.deepEqual(await box(true), ['bản mới', 'thu hồi', 'còn mở'], 'a recall asks, until it is agreed to');
  await world.act(chair, one('thu hồi'), { act: 'agree-recall' });
  assert.deepEqual(await box(true), ['bản mới', 'còn mở']);
  const items = await world.directives.list(chair, { box: 'inbox', open: false });
  for (const item of items) assert.deepEqual(directiveItemSchema.parse(item), item);
  assert.ok(items.every(({ follow }) => follow?.unit === unit));
});

test('DR15 issued has what the territory gave; open leaves those with an addressee that is still open', async () => {
  const province = await world.person('principal', '48');
  const district = world.units.index.children('48')[0];
  assert.ok(district);
  const below = await world.person('moderator', district.code);
  const [unit = ''] = world.communes(district.code, 1);
  const chair = await world.person('seat', unit);
  const own = await world.issue(province, { to: ['48'] });
  const small = await world.issue(below, { to: [unit] });
  const ids = async (who: Account, open: boolean) =>
    (await world.directives.list(who, { box: 'issued', open })).map(({ directive }) => directive.id);
  assert.deepEqual(await ids(province, true), [small.id, own.id]);
  assert.deepEqual(await ids(below, true), [small.id]);
  await world.act(chair, small, { act: 'refuse', name: 'A', words: 'Không' });
  assert.deepEqual(await ids(province, true), [own.id]);
  assert.deepEqual(await ids(province, false), [small.id, own.id]);
  assert.equal(await refusalOf(world.directives.list(chair, { box: 'issued', open: false })), 'forbidden');
  const briefing = await world.liveBriefing(pm);
  const inside = await world.issue(province, { to: [unit], briefing });
  const found = await world.directives.list(province, { box: 'issued', open: false, briefing });
  assert.deepEqual(
    found.map(({ directive }) => directive.id),
    [inside.id],
  );
});

test('DR33 what was given from above: role by inside, beside, above, outside', async () => {
  const [to = '', beside = ''] = world.communes('760', 2);
  const { id } = await world.issue(await world.person('principal', '79'), { to: [to] });
  const box = async (who: Account, name: 'issued' | 'above') => {
    const items = await world.directives.list(who, { box: name, open: true });
    return items.some(({ directive }) => directive.id === id);
  };
  const expected = {
    'the unit': 'above',
    'a neighbour in the district': 'none',
    'the district above': 'above',
    'the province that issued': 'issued',
    'the nation above': 'issued',
    'another province': 'none',
  } as const;
  for (const [place, code] of Object.entries(places)) {
    const unit = code === 'to' ? to : code === 'beside' ? beside : code;
    for (const role of ['principal', 'moderator'] as const) {
      const who = await world.person(role, unit);
      const held = (await box(who, 'above')) ? 'above' : 'none';
      const found = (await box(who, 'issued')) ? 'issued' : held;
      assert.equal(found, expected[place as keyof typeof places], `${role} at ${place}`);
      if (found === 'issued') assert.equal(held, 'none', 'in one box only');
    }
    for (const role of ['seat', 'operator'] as const) {
      const who = await world.person(role, unit);
      assert.equal(await refusalOf(box(who, 'above')), 'forbidden', `${role} at ${place}`);
    }
  }
});

test('DR33 is open as long as one of the own territory is, in its own numbers, and its questions are for the issuer', async () => {
  const [unit = ''] = world.communes('01', 1);
  const leader = await world.person('moderator', '01');
  const briefing = await world.liveBriefing(pm);
  const directive = await world.issue(pm, { to: [unit, '79'], briefing });
  const box = async (more: { open: boolean; briefing?: string }) =>
    (await world.directives.list(leader, { box: 'above', ...more })).map((item) => item.directive.id);
  assert.equal((await box({ open: true }))[0], directive.id);
  assert.deepEqual(await box({ open: false, briefing }), [directive.id]);
  const { counts } = await world.board.board(leader, directive.id);
  assert.deepEqual(
    counts.filter((count) => count.unit === '01').map(({ addressees, states }) => [addressees, states]),
    [[1, { sent: 1 }]],
  );
  assert.equal((await world.board.follows(leader, directive.id, { limit: 10 })).total, 1);
  const chair = await world.person('seat', unit);
  await world.act(chair, directive, { act: 'ask', words: 'Ai cấp vật tư?' });
  assert.equal(await refusalOf(world.reply(leader, directive, unit)), 'outside-territory');
  assert.equal(await refusalOf(world.recall(leader, directive)), 'outside-territory');
  await world.act(chair, directive, { act: 'refuse', name: 'A', words: 'Không' });
  assert.ok(!(await box({ open: true })).includes(directive.id), 'though the other province still has it open');
  assert.equal((await box({ open: false }))[0], directive.id);
});

test('DR34 a briefing as addressing: whom it expects in the territory of who gives it, frozen like any other', async () => {
  const briefing = await world.liveBriefing(pm, 0, ['760', '01']);
  const [first = ''] = world.communes('760', 1);
  const lowest = (...roots: string[]) => world.units.index.countBase(roots.map((code) => world.units.get(code).path));
  const to = { briefing };
  const count = async (who: Account, except: string[] = []) =>
    (await world.directives.preview(who, { to, except })).addressees;
  assert.equal(await count(pm), lowest('760', '01'));
  assert.equal(await count(pm, ['01', first]), lowest('760') - 1);
  assert.equal(await count(await world.person('moderator', '79')), lowest('760'));
  const outside = await world.person('moderator', '48');
  assert.equal(await refusalOf(world.directives.preview(outside, { to, except: [] })), 'outside-territory');
  const beside = await world.person('moderator', '761');
  assert.equal(await refusalOf(world.directives.preview(beside, { to, except: [] })), 'outside-territory');
  const seat = await world.person('seat', first);
  assert.equal(await refusalOf(world.directives.preview(seat, { to, except: [] })), 'forbidden');
  const nobody = { to: { briefing: await world.liveBriefing(pm) }, except: [] };
  assert.equal(await refusalOf(world.directives.preview(pm, nobody)), 'bad-request');

  const directive = await world.issue(await world.person('principal', '79'), { to, briefing, except: [first] });
  assert.equal(directive.addressees, lowest('760') - 1);
  const { follows } = await world.board.follows(pm, directive.id, { limit: 500 });
  assert.deepEqual(
    follows.map(({ unit }) => unit),
    world.communes('760', 500).filter((code) => code !== first),
  );
});

test('DR16 the board: sums of a territory and its children are those of the list', async () => {
  const directive = await world.issue(pm, { to: ['79', '01'] });
  const [a = '', b = ''] = world.communes('760', 2);
  await world.act(await world.person('seat', a), directive, acknowledge);
  await world.act(await world.person('seat', b), directive, { act: 'read' });
  const board = await world.board.board(pm, directive.id);
  assert.deepEqual(directiveBoardSchema.parse(board), board);
  assert.deepEqual(
    board.counts.map(({ unit }) => unit),
    ['vn', '01', '79'],
  );
  const [nation, hanoi, city] = board.counts;
  assert.equal(nation?.addressees, directive.addressees);
  assert.equal((hanoi?.addressees ?? 0) + (city?.addressees ?? 0), directive.addressees);
  assert.deepEqual(city?.states, { acknowledged: 1, read: 1, sent: (city?.addressees ?? 0) - 2 });
  for (const [root, states] of [
    ['79', city?.states],
    ['vn', nation?.states],
  ] as const)
    for (const [state, count] of Object.entries(states ?? {})) {
      const query = { root, state: state as 'read', limit: 1 };
      assert.equal((await world.board.follows(pm, directive.id, query)).total, count, `${state} in ${root}`);
    }
  const lowest = await world.board.board(pm, directive.id, a);
  assert.deepEqual(
    lowest.counts.map(({ unit, addressees }) => [unit, addressees]),
    [[a, 1]],
  );
  const rows = await world.board.rows(directive.id, ['vn', 'vn.01', 'vn.79', 'vn.48']);
  assert.deepEqual(rows.counts, board.counts, 'what officials are told is what they would read');
});

test('FG68 where each addressee stands is read for a map: those of the territory, in path order, and nobody else', async () => {
  const [first = '', second = ''] = world.communes('79', 2);
  const [other = ''] = world.communes('01', 1);
  const directive = await world.issue(pm, { to: [first, second, other] });
  await world.act(await world.person('seat', first), directive, acknowledge);
  const pathOf = (code: string) => world.units.get(code).path;
  const all = directiveStatesSchema.parse(await world.board.states(pm, directive.id));
  assert.deepEqual(
    all.units.map(([path, state]) => [path, state]),
    [
      [pathOf(other), 'sent'],
      [pathOf(first), 'acknowledged'],
      [pathOf(second), 'sent'],
    ],
  );
  const province = await world.person('moderator', '79');
  assert.deepEqual(
    (await world.board.states(province, directive.id)).units.map(([path]) => path),
    [first, second].map(pathOf),
  );
  assert.equal(await refusalOf(world.board.states(province, directive.id, '01')), 'outside-territory');
  assert.equal(await refusalOf(world.board.states(await world.person('moderator', '36'), directive.id)), 'not-found');
});

test('DR16 the list of addressees comes in pages that miss and repeat nobody', async () => {
  const directive = await world.issue(pm, { to: ['92'] });
  const units: string[] = [];
  for (let after: string | undefined; ; ) {
    const page = await world.board.follows(pm, directive.id, { limit: 30, ...(after && { after }) });
    assert.deepEqual(followPageSchema.parse(page), page);
    assert.equal(page.total, directive.addressees);
    units.push(...page.follows.map(({ unit }) => unit));
    if (page.next === null) break;
    after = page.next;
  }
  assert.deepEqual([units.length, new Set(units).size], [directive.addressees, directive.addressees]);
  assert.deepEqual(await world.directives.heardBy(directive.id, new Set(['vn'])), undefined);
  const heard = await world.directives.heardBy(directive.id, new Set(['vn', units[0] ?? '', '79']));
  assert.deepEqual([heard?.units, heard?.directive.id], [[units[0]], directive.id]);
  assert.equal(await refusalOf(world.directives.read(pm, randomUUID())), 'not-found');
});
