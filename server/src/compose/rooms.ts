import { nodeTopic } from '../cluster/bus/nodeTopic.ts';
import { JoinNumbers } from '../cluster/membership/JoinNumbers.ts';
import type { Membership } from '../cluster/membership/Membership.ts';
import { roomsTopic } from '../cluster/topics/rooms.ts';
import { NodeRooms } from '../hall/index.ts';
import type { Clock } from '../lib/clock.ts';
import type { Base } from './Base.ts';

interface Needs {
  readonly bus: { readonly self: NodeRooms['self'] };
  readonly membership: Membership | undefined;
  readonly clock: Clock;
}

/** The live rooms of all nodes as this one knows them; nothing of it where a node holds its database alone. */
export function composeRooms({ closer }: Pick<Base, 'closer'>, { bus, membership: others, clock }: Needs) {
  const joins = new JoinNumbers(clock);
  if (!others) return { joins, nodes: undefined, nodeTopics: [] };
  const nodes = closer.own('rooms of other nodes', new NodeRooms({ self: bus.self, joins, others }));
  return {
    joins,
    nodes,
    nodeTopics: [
      nodeTopic(roomsTopic, {
        tell: (publish) => nodes.start(publish),
        hear: (message, from) => nodes.hear(message, from),
      }),
    ],
  };
}
