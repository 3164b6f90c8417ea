import { nodeTopic } from '../cluster/bus/nodeTopic.ts';
import { spentTopic } from '../cluster/topics/quotas.ts';
import { AtMostEvery } from '../lib/AtMostEvery.ts';
import { Quotas, type Spent } from '../lib/Quotas.ts';
import type { Part } from './Part.ts';

/** CL43: so often other nodes hear of it at most. */
const TELL_MS = 250;

/** Limits that count for all nodes, for whoever holds one. */
export function composeQuotas() {
  let tell: (news: Spent[]) => void = () => undefined;
  const telling = new AtMostEvery(TELL_MS, () => tell(quotas.takeNews()));
  const quotas = new Quotas(() => telling.want());
  const part = {
    name: 'quotas',
    nodeTopics: [
      nodeTopic(spentTopic, {
        tell: (publish) => {
          tell = (news) => publish(news.map(([...spent]) => spent));
        },
        hear: (news) => quotas.hear(news),
      }),
    ],
    drain: () => telling.close(),
  } satisfies Part;
  return { part, quotas };
}
