import { useCallback, useEffect } from 'react';
import { useText } from '../../i18n/useText.tsx';
import { useChannel } from '../../session/BriefingContext.tsx';
import { useOffice } from '../../session/OfficeContext.tsx';
import { usePolled } from '../../ui/usePolled.ts';
import { floorDeskWords } from '../words/desk.vi.ts';
import { floorWords } from '../words/floor.vi.ts';
import { outcomeOf } from './CallOutcome.tsx';
import { readCalls } from './callRequests.ts';
import './callList.css';

/** All calls of this briefing with what came of each, the newest first: nothing has to stay on the screen to be kept. */
export function CallList() {
  const { t, number, hour } = useText(floorDeskWords);
  const { t: floorText } = useText(floorWords);
  const { api } = useOffice();
  const { briefing, callNews, floor } = useChannel();
  const { value: calls = [], reload } = usePolled(useCallback(() => readCalls(api, briefing.id), [api, briefing.id]));
  const running = floor.calls.length;
  // biome-ignore lint/correctness/useExhaustiveDependencies: a call that began, ended or was seen is news of the list
  useEffect(() => reload(), [callNews, running, reload]);
  if (calls.length === 0) return null;
  return (
    <details className="call-list folds">
      <summary>
        {t.calls} <span className="count num">{number(calls.length)}</span>
      </summary>
      <ul>
        {calls.map((call) => (
          <li key={call.id}>
            <span className="num soft">{hour(call.ringingAt)}</span>
            <span className="grow">
              <strong>{call.unitName}</strong>
              <span className="soft">
                {outcomeOf(call, floorText)}
                {call.seen && ` · ${t.reach.seen(call.seen.name, hour(call.seen.at))}`}
              </span>
            </span>
          </li>
        ))}
      </ul>
    </details>
  );
}
