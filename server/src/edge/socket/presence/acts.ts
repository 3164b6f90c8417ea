import type { Presence } from '../../../domain/presence/Presence.ts';
import type { presenceActSchemas as acts } from '../../../protocol/presence.ts';
import type { ActHandlers } from '../channel/types.ts';

export const presenceActs = (presence: Presence): ActHandlers<keyof typeof acts> => ({
  'presence.here': (actor, { root }) => presence.present(actor.account, actor.briefing, root),
  'presence.list': (actor, query) => presence.list(actor.account, actor.briefing, query),
});
