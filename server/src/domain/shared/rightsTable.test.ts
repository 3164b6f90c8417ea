import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Role } from '../../protocol/organisation.ts';
import { allowedActs, at, may, type Target, type Verdict } from './rights.ts';
import type { Act } from './rightsTable.ts';

/** One actor of each role, all of the same province, and targets inside, outside and above it. */
const province = 'vn.79';
const other = { role: 'seat', account: 'other' } as const;
const targets = {
  inside: { ...at('vn.79.760.26734'), ...other },
  outside: { ...at('vn.01.001.00001'), ...other },
  above: { ...at('vn'), ...other },
  // Starts with the same letters, yet is another province.
  neighbour: { ...at('vn.790'), ...other },
} as const satisfies Readonly<Record<string, Target>>;

const verdicts: Readonly<Record<string, Verdict>> = { y: 'allowed', n: 'forbidden', o: 'outside-territory' };
const roles = ['principal', 'moderator', 'seat', 'operator'] as const;

/** Of each role a word, in that order, with a letter each for a target inside, outside and above. */
const table: Readonly<Record<Act, string>> = {
  'roster.read': 'yoo yoo yoo yoo',
  'roster.import': 'nnn nnn nnn yoo',
  'contact.read': 'yoo yoo ooo yoo',
  'contact.edit': 'yoo yoo nnn yoo',
  'list.read': 'yoo yoo nnn yoo',
  'list.save': 'yoo yoo nnn yoo',
  'list.delete': 'yoo yoo nnn yoo',
  'account.change': 'yoo yoo nnn yoo',
  'password.offer': 'yoo yoo nnn yoo',
  'session.end': 'yoo yoo nnn yoo',
  'session.undo': 'nnn nnn nnn nnn',
  'account.read': 'yoo yoo nnn yoo',
  'account.create': 'yoo yoo nnn yoo',
  'link.issue': 'yoo yoo nnn yoo',
  'account.disable': 'yoo yoo nnn yoo',
  'account.enable': 'yoo yoo nnn yoo',
  'link.revoke': 'yoo yoo nnn yoo',
  'briefing.read': 'yoy yoy yoy yoy',
  'briefing.create': 'yoo yoo nnn nnn',
  'briefing.change': 'yoo yoo nnn nnn',
  'briefing.cancel': 'yoo yoo nnn nnn',
  'briefing.open': 'yoo yoo nnn nnn',
  'briefing.live': 'yoo yoo nnn nnn',
  'briefing.close': 'yoo yoo nnn nnn',
  'briefing.join': 'yoy yoy yoy nnn',
  'stage.goLive': 'yoo nnn nnn nnn',
  'stage.open': 'yoo yoo nnn nnn',
  'stage.breakOut': 'yoo yoo nnn nnn',
  'stage.gather': 'yoo yoo nnn nnn',
  'stage.back': 'yoo yoo nnn nnn',
  'stage.stay': 'yoo yoo nnn nnn',
  'stage.close': 'yoo yoo nnn nnn',
  'stage.visit': 'yoo yoo nnn nnn',
  'stage.enter': 'yoy yoy nnn nnn',
  'stage.leave': 'nnn nnn nnn nnn',
  'stage.take': 'nnn nnn nnn nnn',
  'stage.decline': 'nnn nnn nnn nnn',
  'equipment.tell': 'nnn nnn nnn nnn',
  'hand.raise': 'nnn nnn nnn nnn',
  'hand.lower': 'yoo yoo nnn nnn',
  'call.start': 'yoo yoo nnn nnn',
  'call.leave': 'yoo yoo nnn nnn',
  'call.list': 'yoo yoo nnn nnn',
  'stage.shown': 'yoo yoo ooo nnn',
  'stage.look': 'yoo yoo nnn nnn',
  'stage.picture': 'nnn nnn nnn nnn',
  'call.missed': 'ooo ooo ooo nnn',
  'call.seen': 'ooo ooo ooo nnn',
  'call.cancel': 'yoo yoo nnn nnn',
  'call.accept': 'ooo ooo ooo nnn',
  'call.refuse': 'ooo ooo ooo nnn',
  'call.end': 'yoo yoo ooo nnn',
  'green.admit': 'yoo yoo nnn nnn',
  'green.checked': 'yoo yoo nnn nnn',
  'stage.promote': 'yoo yoo nnn nnn',
  'stage.demote': 'yoo yoo nnn nnn',
  'seat.mute': 'yoo yoo nnn nnn',
  'stage.muteAll': 'yoo yoo nnn nnn',
  'seat.timer': 'yoo yoo nnn nnn',
  'seat.unmute': 'nnn nnn nnn nnn',
  'seat.remove': 'yoo yoo nnn nnn',
  'presence.here': 'yoo yoo nnn nnn',
  'presence.list': 'yoo yoo nnn nnn',
  'programme.set': 'yoo yoy nnn nnn',
  'programme.item': 'yoo yoy nnn nnn',
  'round.open': 'yoo yoo nnn nnn',
  'round.extend': 'yoo yoo nnn nnn',
  'round.close': 'yoo yoo nnn nnn',
  'round.reopen': 'yoo yoo nnn nnn',
  'round.enter': 'yoo yoo nnn nnn',
  'round.entries': 'yoo yoo nnn nnn',
  'round.wall': 'yoo yoo nnn nnn',
  'round.numbers': 'yoo yoo nnn nnn',
  'round.expected': 'ooo ooo ooo nnn',
  'figures.watch': 'yoo yoo ooo nnn',
  'figures.series': 'yoo yoo ooo nnn',
  'figures.history': 'yoo yoo ooo nnn',
  'indicator.read': 'yoo yoo ooo yoo',
  'figure.own': 'nnn nnn nnn nnn',
  'figure.read': 'yoo yoo ooo nnn',
  'figure.contact': 'yoo yoo ooo nnn',
  'figure.enter': 'nnn nnn ooo nnn',
  'figure.past': 'yoo yoo nnn nnn',
  'figure.select': 'yoo yoo nnn nnn',
  'figure.contest': 'yoo yoo ooo nnn',
  'figure.withdraw': 'yoo yoo ooo nnn',
  'figure.release': 'yoo yoo nnn nnn',
  'figure.reject': 'yoo yoo nnn nnn',
  'figure.answer': 'yoo yoo nnn nnn',
  'figure.upload': 'yoo yoo nnn nnn',
  'question.ask': 'nnn nnn ooo nnn',
  'question.withdraw': 'nnn nnn ooo nnn',
  'question.read': 'nnn nnn ooo nnn',
  'question.list': 'yoo yoo nnn nnn',
  'question.decide': 'yoo yoo nnn nnn',
  'question.answer': 'yoo yoo nnn nnn',
  'readiness.tell': 'nnn nnn nnn nnn',
  'readiness.read': 'yoo yoo nnn nnn',
  'attendance.read': 'yoo yoo nnn nnn',
  'attendance.correct': 'yoo yoo nnn nnn',
  'directive.issue': 'yoo yoo nnn nnn',
  'directive.reply': 'yoo yoo nnn nnn',
  'directive.recall': 'yoo yoo nnn nnn',
  'resubmission.read': 'yoo yoo nnn nnn',
  'contradiction.read': 'yoo yoo nnn nnn',
  'receipt.compare': 'ooo ooo ooo nnn',
  'report.make': 'yoo yoo nnn nnn',
  'minutes.read': 'yoo yoo nnn nnn',
  'slides.prepare': 'yoo yoy nnn nnn',
  'slides.show': 'yoo yoy nnn nnn',
  'slides.turn': 'yoo yoy nnn nnn',
  'slides.end': 'yoo yoy nnn nnn',
  'slides.point': 'yoo yoy nnn nnn',
  'figures.show': 'yoo yoy nnn nnn',
  'figures.mark': 'yoo yoy nnn nnn',
  'figures.clear': 'yoo yoy nnn nnn',
  'screen.pair': 'yoo yoo nnn nnn',
  'screen.read': 'yoo yoo nnn nnn',
  'screen.revoke': 'yoo yoo nnn nnn',
  'hook.read': 'yoo nnn nnn yoo',
  'hook.change': 'yoo nnn nnn yoo',
  'node.read': 'nnn nnn nnn yoo',
  'node.drain': 'nnn nnn nnn yoo',
  'round.history': 'yoo yoo ooo nnn',
  'directive.read': 'yoo yoo ooo nnn',
  'directive.answer': 'ooo ooo ooo nnn',
  'round.answer': 'ooo ooo ooo nnn',
  'resubmission.offer': 'ooo ooo ooo nnn',
  'still.take': 'nnn nnn nnn nnn',
  'still.follow': 'yoy yoy yoy nnn',
  sync: 'yoy yoy yoy nnn',
};

for (const [act, columns] of Object.entries(table) as [Act, string][]) {
  test(`RT1 ${act}: role x inside/outside/above`, () => {
    for (const [i, role] of roles.entries()) {
      const who = { id: `${role}-id`, role, unit: { path: province } };
      const [inside, outside, above] = [...(columns.split(' ')[i] ?? '')].map((letter) => verdicts[letter]);
      assert.equal(may(who, act, targets.inside), inside, `${role} inside`);
      assert.equal(may(who, act, targets.outside), outside, `${role} outside`);
      assert.equal(may(who, act, targets.above), above, `${role} above`);
      assert.equal(may(who, act, targets.neighbour), outside, `${role} in a province whose code begins alike`);
    }
  });
}

test('SN4 a screen may be in a briefing, and do nothing else anywhere', () => {
  const actor = (role: Role) => ({ id: `${role}-id`, role, unit: { path: 'vn' } });
  const wall = actor('screen');
  assert.deepEqual(allowedActs(wall).sort(), ['briefing.join', 'briefing.read']);
  const own = { ...at('vn'), account: 'screen-id', role: 'screen' as const };
  const rest = (Object.keys(table) as Act[]).filter((act) => act !== 'briefing.join' && act !== 'briefing.read');
  for (const act of rest) assert.equal(may(wall, act, own), 'forbidden', act);
  for (const role of ['principal', 'moderator', 'operator'] as const)
    assert.equal(may(actor(role), 'account.create', { ...at('vn'), role: 'screen' }), 'forbidden', 'it is paired');
});
