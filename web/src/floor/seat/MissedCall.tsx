import { PhoneMissed } from 'lucide-react';
import { useState } from 'react';
import type { Call } from '../../api/contract.ts';
import { useText } from '../../i18n/useText.tsx';
import { useOffice } from '../../session/OfficeContext.tsx';
import { missedWords } from '../words/missed.vi.ts';
import './lacking.css';

/** One of them, until somebody has read it. */
export default function MissedCall({ call, onRead }: { call: Call; onRead: () => void }) {
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
