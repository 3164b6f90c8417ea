import type { Presence } from '../../../domain/presence/Presence.ts';
import type { presenceActSchemas as acts } from '../../../protocol/presence.ts';
import type { ActHandlers } from '../channel/types.ts';

export const presenceActs = (presence: Presence): ActHandlers<keyof typeof acts> => ({
  'presence.list': (actor, query) => presence.list(actor.account, actor.briefing, query),
});
