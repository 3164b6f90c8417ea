import { PhoneMissed } from 'lucide-react';
import { useEffect, useState } from 'react';
import { type Call, callListSchema } from '../../api/contract.ts';
import { useText } from '../../i18n/useText.tsx';
import { fullJitter } from '../../lib/jitter.ts';
import { useOffice } from '../../session/OfficeContext.tsx';
import { missedWords } from '../words/missed.vi.ts';
import './lacking.css';

/**
 * Who looked for this unit while it was away (SC16): at each sign-in, until somebody here says that they have read it,
 * which goes on record. @param news changes when a call has ended, to look at once
 */
export function MissedCalls({ news }: { news?: unknown }) {
  const { api } = useOffice();
  const [calls, setCalls] = useState<readonly Call[]>([]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: news is why it is asked again
  useEffect(() => {
    const stop = new AbortController();
    let timer: ReturnType<typeof setTimeout> | undefined;
    const load = (attempt: number): void => {
      api.ask('/api/calls/missed', callListSchema, { signal: stop.signal }).then(
        (found) => stop.signal.aborted || setCalls(found.calls),
        () => {
          if (!stop.signal.aborted) timer = setTimeout(() => load(attempt + 1), fullJitter(attempt) + 1_000);
        },
      );
    };
    load(0);
    return () => {
      stop.abort();
      clearTimeout(timer);
    };
  }, [api, news]);
  return calls.map((call) => (
    <MissedCall key={call.id} call={call} onRead={() => setCalls((all) => all.filter(({ id }) => id !== call.id))} />
  ));
}

function MissedCall({ call, onRead }: { call: Call; onRead: () => void }) {
  const { t, day } = useText(missedWords);
  const { api } = useOffice();
  const [state, setState] = useState<'shown' | 'sending' | 'failed'>('shown');
  const read = (): void => {
    setState('sending');
    api.ask(`/api/calls/${call.id}/seen`, undefined, { method: 'POST' }).then(onRead, () => setState('failed'));
  };
  const what = call.state === 'timed-out' || call.state === 'cancelled' ? call.state : 'not-connected';
  return (
    <div className="note warn lacking">
      <PhoneMissed size={22} aria-hidden />
      <div role="status">
        <p>
          <strong>{t.looked(call.caller.name, day(call.ringingAt))}</strong> {t.what[what]}
          {state === 'failed' && ` ${t.failed}`}
        </p>
      </div>
      <button type="button" className="button" disabled={state === 'sending'} onClick={read}>
        {t.read}
      </button>
    </div>
  );
}
