import type { Sender } from '../cluster/bus/envelope.ts';
import { nodeTopic } from '../cluster/bus/nodeTopic.ts';
import { presenceGapTopic, presenceTopic } from '../cluster/topics/presence.ts';
import { Presence } from '../domain/presence/Presence.ts';
import { PresenceExchange } from '../domain/presence/PresenceExchange.ts';
import type { PresenceGap, PresenceNews, PresenceStore, UnitNames } from '../domain/presence/ports.ts';
import { presenceActs } from '../edge/socket/presence/acts.ts';
import { PresenceNotices } from '../edge/socket/presence/PresenceNotices.ts';
import { AtMostEvery } from '../lib/AtMostEvery.ts';
import type { Clock } from '../lib/clock.ts';
import type { Part } from './Part.ts';

/** Seen and gone is written this often; what a crash loses is no more than that. */
const SAVE_MS = 5_000;

/** CL40: other nodes hear of what changed here so often at most. */
const TELL_MS = 1_000;
/** CL41 */
const BEAT_MS = 1_000;

interface Needs {
  readonly store: PresenceStore;
  /** PostgreSQL's, as far as it is known without asking. */
  readonly clock: Clock;
  readonly names: UnitNames & { path(code: string): string | undefined };
  readonly bus: { readonly self: Sender };
  /** None: this node holds its database alone. */
  readonly membership: { readonly known: readonly Sender[] | undefined } | undefined;
}

/** Who is in the briefings that are open; facts come from the channel and, with the floor, from media. */
export function composePresence({ store, clock, names, bus, membership }: Needs) {
  const presence = new Presence({ store, names, clock, boot: bus.self.boot });
  let tell: (news: readonly PresenceNews[]) => void = () => undefined;
  let ask: (gap: PresenceGap) => void = () => undefined;
  const exchange = new PresenceExchange({
    presence,
    others: () => (membership ? membership.known : []),
    tell: (news) => tell(news),
    ask: (gap) => ask(gap),
  });
  const telling = new AtMostEvery(TELL_MS, () => exchange.tellNews());
  presence.on('moved', () => telling.want());
  presence.on('opened', (briefing) => exchange.begin(briefing));
  const part = {
    name: 'presence',
    acts: presenceActs(presence),
    notices: (channel) => new PresenceNotices(channel, presence),
    nodeTopics: [
      nodeTopic(presenceTopic, {
        tell: (publish) => {
          tell = publish;
        },
        hear: (news, from) => exchange.hear(news, from),
      }),
      nodeTopic(presenceGapTopic, {
        tell: (publish) => {
          ask = publish;
        },
        hear: (gap) => exchange.asked(gap),
      }),
    ],
    sweeps: [
      { name: 'presence', everyMs: SAVE_MS, run: () => presence.save() },
      { name: 'presence at other nodes', everyMs: BEAT_MS, run: () => exchange.beat() },
    ],
    drain: () => telling.close(),
    close: () => presence.save(),
  } satisfies Part;
  return { part, presence };
}
