import { PhoneMissed } from 'lucide-react';
import { useEffect, useState } from 'react';
import type { Call } from '../../api/contract.ts';
import { useText } from '../../i18n/useText.tsx';
import { useOffice } from '../../session/OfficeContext.tsx';
import { useStore } from '../../ui/useStore.ts';
import { missedWords } from '../words/missed.vi.ts';
import { useMissedBook } from './MissedContext.tsx';
import './lacking.css';

/**
 * Who looked for this unit while it was away (SC16): at each sign-in, until somebody here says that they have read it,
 * which goes on record. @param news changes when a call has ended, to look at once
 */
export function MissedCalls({ news }: { news?: unknown }) {
  const book = useMissedBook();
  const { calls } = useStore(book.state);
  useEffect(() => book.look(news !== undefined), [book, news]);
  return calls.map((call) => <MissedCall key={call.id} call={call} onRead={() => book.read(call.id)} />);
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
