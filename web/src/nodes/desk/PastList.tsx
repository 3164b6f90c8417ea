import type { NodeEvent } from '../../api/contract.ts';
import { useText } from '../../i18n/useText.tsx';
import { sentenceOf } from '../sums.ts';
import { nodesWords } from '../words/nodes.vi.ts';

/** The newest first; what comes while somebody looks is read out. */
export function PastList({ events }: { events: readonly NodeEvent[] }) {
  const { t, moment } = useText(nodesWords);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is scrolled by keys, too
    <div className="nodes-past" role="log" aria-label={t.past} tabIndex={0}>
      {events.length === 0 && <p className="soft">{t.noPast}</p>}
      <ol>
        {events.map((event) => (
          <li key={`${event.at} ${event.node} ${event.kind}`} data-kind={event.kind}>
            <time className="soft small-text num" dateTime={event.at}>
              {moment(event.at)}
            </time>
            <span>{sentenceOf(event, t.event)}</span>
          </li>
        ))}
      </ol>
    </div>
  );
}
