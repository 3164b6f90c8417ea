import type { ActName } from '../../protocol/channel.ts';
import type { Role } from '../../protocol/organisation.ts';

/** Everything that somebody may or may not do: the acts of the order channel, and those of HTTP. */
export type Act =
  | ActName
  | 'roster.read'
  | 'roster.import'
  | 'contact.read'
  | 'contact.edit'
  | 'list.read'
  | 'list.save'
  | 'list.delete'
  | 'account.read'
  | 'account.create'
  | 'account.change'
  | 'account.disable'
  | 'account.enable'
  | 'link.issue'
  | 'link.revoke'
  | 'password.offer'
  | 'session.end'
  | 'session.undo'
  | 'briefing.read'
  | 'briefing.create'
  | 'briefing.change'
  | 'briefing.cancel'
  | 'briefing.open'
  | 'briefing.live'
  | 'briefing.close'
  | 'briefing.join'
  | 'call.list'
  | 'stage.shown'
  | 'stage.look'
  | 'stage.picture'
  | 'call.missed'
  | 'call.seen'
  | 'readiness.tell'
  | 'readiness.read'
  | 'question.answer'
  | 'question.decide'
  | 'question.list'
  | 'question.read'
  | 'indicator.read'
  | 'figure.read'
  | 'figure.contact'
  | 'figure.enter'
  | 'figure.past'
  | 'figure.select'
  | 'figure.release'
  | 'figure.reject'
  | 'figure.answer'
  | 'figure.upload'
  | 'figure.own'
  | 'attendance.read'
  | 'attendance.correct'
  | 'round.history'
  | 'directive.issue'
  | 'directive.read'
  | 'directive.answer'
  | 'directive.reply'
  | 'directive.recall'
  | 'report.make'
  | 'minutes.read'
  | 'resubmission.offer'
  | 'resubmission.read'
  | 'receipt.compare'
  | 'contradiction.read'
  | 'slides.prepare'
  | 'still.take'
  | 'screen.pair'
  | 'screen.read'
  | 'screen.revoke'
  | 'hook.read'
  | 'hook.change'
  | 'node.read'
  | 'node.drain';

/**
 * territory: the unit of the actor and everything below it. unit: exactly their unit. own: themselves. scope: they
 * stand inside the target, or a part of it lies in their territory. listed: their territory, of their indicators alone.
 */
export type Reach = 'territory' | 'unit' | 'own' | 'scope' | 'listed';
type Grant = Reach | { readonly reach: Reach; readonly over: readonly Role[] };
type Rule = Readonly<Partial<Record<Role, Grant>>>;

const leaders: Rule = { principal: 'territory', moderator: 'territory' };
const leadersOverThemselves: Rule = {
  principal: 'territory',
  // A moderator does not put their principal out, nor ends a call that a principal began.
  moderator: { reach: 'territory', over: ['moderator', 'seat'] },
};
const people: Rule = {
  principal: { reach: 'territory', over: ['moderator', 'seat', 'steward'] },
  moderator: { reach: 'territory', over: ['seat'] },
  operator: { reach: 'territory', over: ['principal', 'moderator', 'seat', 'operator', 'steward'] },
};
const readers: Rule = { ...leaders, operator: 'territory' };
const everybodyInside: Rule = { principal: 'scope', moderator: 'scope', seat: 'scope' };
/** Among moderators those whom the briefing names (`demandProducing`). */
const producers: Rule = { principal: 'territory', moderator: 'scope' };
/** FG38: of their indicators, what leaders do of all. */
const leadersAndStewards: Rule = { ...leaders, steward: 'listed' };
const calledUnit: Rule = { principal: 'unit', moderator: 'unit', seat: 'unit' };

/** The one table of rights. But for `whoSeesWhom.ts`, nothing else in the program compares roles or territories to decide. */
export const rules: Readonly<Record<Act, Rule>> = {
  'roster.read': { ...readers, seat: 'territory' },
  'roster.import': { operator: 'territory' },
  // Never another commune's: of a unit itself, and of what lies below an official.
  'contact.read': { ...readers, seat: 'unit' },
  'contact.edit': readers,
  'list.read': readers,
  'list.save': readers,
  'list.delete': readers,
  'account.read': readers,
  'account.create': people,
  'account.change': people,
  'account.disable': people,
  'account.enable': people,
  'link.issue': people,
  'link.revoke': people,
  'password.offer': people,
  'session.end': people,
  // LK9: what the code of a slip opened, by the unit's own devices.
  'session.undo': { seat: 'own' },

  'briefing.read': { ...everybodyInside, operator: 'scope', screen: 'scope' },
  'briefing.create': leaders,
  'briefing.change': leaders,
  'briefing.cancel': leaders,
  'briefing.open': leaders,
  'briefing.live': leaders,
  'briefing.close': leaders,
  'briefing.join': { ...everybodyInside, screen: 'scope' },

  'stage.goLive': { principal: 'territory' },
  'stage.leave': { principal: 'own', moderator: 'own', seat: 'own' },
  'stage.take': { principal: 'own', moderator: 'own', seat: 'own' },
  'stage.decline': { principal: 'own', moderator: 'own', seat: 'own' },
  'equipment.tell': { principal: 'own', moderator: 'own', seat: 'own' },
  'hand.raise': { principal: 'own', moderator: 'own', seat: 'own' },
  'hand.lower': { ...leaders, seat: 'own' },
  'call.start': leaders,
  'call.leave': leaders,
  'call.cancel': leadersOverThemselves,
  'call.accept': calledUnit,
  'call.refuse': calledUnit,
  'call.end': { ...leadersOverThemselves, seat: 'unit' },
  'green.admit': leaders,
  'green.checked': leaders,
  'stage.promote': leaders,
  'stage.demote': leadersOverThemselves,
  'seat.mute': leaders,
  'stage.muteAll': leaders,
  // FL38: on the stage of a unit; on the briefing's own whoever produces it (`demandTiming`).
  'seat.timer': leaders,
  'seat.unmute': { principal: 'own', moderator: 'own', seat: 'own' },
  'seat.remove': leadersOverThemselves,
  'presence.here': leaders,
  'presence.list': leaders,
  'stage.open': leaders,
  'stage.close': leaders,
  'stage.breakOut': leaders,
  'stage.gather': leaders,
  'stage.back': leaders,
  'stage.stay': leaders,
  'stage.visit': leaders,
  // TR5: a session of their territory, or one above them.
  'stage.enter': { principal: 'scope', moderator: 'scope' },
  'call.list': leaders,
  // TR13: of the own unit, or of the territory.
  'stage.shown': { ...leaders, seat: 'unit' },
  // TR15: of the stages of their territory; a picture is of one's own device.
  'stage.look': leaders,
  'stage.picture': { principal: 'own', moderator: 'own', seat: 'own' },
  'call.missed': calledUnit,
  'call.seen': calledUnit,
  // A moderator only where the briefing names them (`demandProducing`), wherever its stage is.
  'programme.set': producers,
  'programme.item': producers,
  'slides.prepare': producers,
  'slides.show': producers,
  'slides.turn': producers,
  'slides.end': producers,
  'slides.point': producers,
  'figures.show': producers,
  'figures.mark': producers,
  'figures.clear': producers,
  'still.take': { principal: 'own', moderator: 'own', seat: 'own' },
  'still.follow': everybodyInside,
  sync: everybodyInside,

  'round.open': leaders,
  'round.extend': leaders,
  'round.close': leaders,
  'round.reopen': leaders,
  'round.answer': calledUnit,
  'round.enter': leaders,
  'round.entries': leaders,
  'round.wall': leaders,
  'round.numbers': leaders,
  'round.expected': calledUnit,

  'question.ask': { seat: 'unit' },
  'question.withdraw': { seat: 'unit' },
  'question.read': { seat: 'unit' },
  'question.list': leaders,
  // QU6: over the unit, and over the desk on which the question lies.
  'question.decide': leaders,
  // QU9: over the stage, since everybody reads it.
  'question.answer': leaders,

  // What there is, without a value: whoever makes an account of a steward lists some.
  'indicator.read': { ...readers, seat: 'unit', steward: 'listed' },
  // FG23: a territory; of a seat its own unit.
  'figures.watch': { ...leaders, seat: 'unit' },
  'figures.series': { ...leaders, seat: 'unit' },
  'figures.history': { ...leaders, seat: 'unit' },
  'figure.read': { ...leaders, seat: 'unit' },
  // FG69
  'figure.contact': { ...leaders, seat: 'unit' },
  // FG71: its own unit alone.
  'figure.enter': { seat: 'unit' },
  // FG80
  'figure.past': leaders,
  // FG29: over the whole territory of a selection.
  'figure.select': leaders,
  // FG14, FG16: over the unit of the value; who contests it does not decide (`decideAct`).
  'figure.contest': { ...leaders, seat: 'unit' },
  'figure.withdraw': { ...leaders, seat: 'unit' },
  'figure.release': leadersAndStewards,
  'figure.reject': leadersAndStewards,
  'figure.answer': leadersAndStewards,
  // FG74: over the root of the source.
  'figure.upload': leadersAndStewards,
  // FG39
  'figure.own': { steward: 'listed' },

  // Of one unit: its own seats, and whoever leads there.
  'round.history': { ...leaders, seat: 'unit' },
  'readiness.tell': { seat: 'own' },
  'readiness.read': leaders,
  'attendance.read': leaders,
  'attendance.correct': leaders,
  'directive.issue': leaders,
  // Of one addressee: its own seats, and whoever leads there.
  'directive.read': { ...leaders, seat: 'unit' },
  'directive.answer': calledUnit,
  'directive.reply': leaders,
  'directive.recall': leaders,
  'report.make': leaders,
  'minutes.read': leaders,
  'resubmission.offer': calledUnit,
  'resubmission.read': leaders,
  'receipt.compare': calledUnit,
  'contradiction.read': leaders,

  // A screen itself may be in a briefing, and do nothing there.
  'screen.pair': leaders,
  'screen.read': leaders,
  'screen.revoke': leaders,

  // WH5: who may send what happens out of this system.
  'hook.read': { principal: 'territory', operator: 'territory' },
  'hook.change': { principal: 'territory', operator: 'territory' },

  // PL12: over the whole tree, since nodes serve all of it.
  'node.read': { operator: 'territory' },
  'node.drain': { operator: 'territory' },
};
