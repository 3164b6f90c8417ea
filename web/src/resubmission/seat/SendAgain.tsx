import { useEffect, useState } from 'react';
import { useText } from '../../i18n/useText.tsx';
import { useOffice } from '../../session/OfficeContext.tsx';
import { useOutbox } from '../../session/OutboxContext.tsx';
import { resubmissionWords } from '../words/resubmission.vi.ts';
import { lostBy, NOTHING, sendAgain, type Tally } from './sendAgain.ts';
import './sendAgain.css';

/**
 * RS1: after a restore, what this computer holds receipts of is sent again, wherever the page is; and what became of it is
 * said until somebody has read it.
 */
export default function SendAgain() {
  const { api, session } = useOffice();
  const { receipts } = useOutbox();
  const [tally, setTally] = useState<Tally>(NOTHING);
  const { t, number, day } = useText(resubmissionWords);
  const { restored } = session;
  const unit = session.acts.includes('resubmission.offer') ? session.account.unit.code : undefined;
  useEffect(() => {
    if (!restored || unit === undefined) return;
    let stopped = false;
    const work = async () => {
      const lost = lostBy(await receipts.all(), restored, unit);
      const settled = (some: typeof lost) => receipts.settle(some, restored.id);
      const done = await sendAgain(lost, { api, settled, stopped: () => stopped });
      if (!stopped) setTally(done);
    };
    work().catch((error) => console.warn('receipts were not sent again', error));
    return () => {
      stopped = true;
    };
  }, [api, receipts, restored, unit]);
  if (!restored) return null;
  const { taken, overtaken, gone, claimed } = tally;
  if (taken + overtaken + gone + claimed === 0) return null;
  return (
    <section className="note warn sent-again-note" role="status" aria-label={t.title}>
      <div className="grow">
        <strong>{t.restored(day(restored.backupAt))}</strong>
        <ul>
          {taken > 0 && <li>{t.taken(number(taken))}</li>}
          {overtaken > 0 && <li>{t.overtaken(number(overtaken))}</li>}
          {gone > 0 && <li>{t.gone(number(gone))}</li>}
          {claimed > 0 && <li>{t.claimed(number(claimed))}</li>}
        </ul>
        <button type="button" className="button small" onClick={() => setTally(NOTHING)}>
          {t.read}
        </button>
      </div>
    </section>
  );
}
