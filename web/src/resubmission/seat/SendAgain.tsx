import { createContext, type ReactNode, useContext, useEffect, useState } from 'react';
import { useText } from '../../i18n/useText.tsx';
import { useOffice } from '../../session/OfficeContext.tsx';
import { useOutbox } from '../../session/OutboxContext.tsx';
import { resubmissionWords } from '../words/resubmission.vi.ts';
import { lostBy, NOTHING, sendAgain, type Tally } from './sendAgain.ts';

interface Sent {
  readonly tally: Tally;
  readonly read: () => void;
}
const SentContext = createContext<Sent | undefined>(undefined);

/** RS1: after a restore, what this computer holds receipts of is sent again, wherever the page is. */
export function SendAgain({ children }: { children: ReactNode }) {
  const { api, session } = useOffice();
  const { receipts } = useOutbox();
  const [tally, setTally] = useState<Tally>(NOTHING);
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
  return <SentContext value={{ tally, read: () => setTally(NOTHING) }}>{children}</SentContext>;
}

/** What became of it, until somebody has read it. */
export function SentAgain() {
  const { t, number, day } = useText(resubmissionWords);
  const { session } = useOffice();
  const sent = useContext(SentContext);
  const { restored } = session;
  if (!sent || !restored) return null;
  const { taken, overtaken, gone, claimed } = sent.tally;
  if (taken + overtaken + gone + claimed === 0) return null;
  return (
    <section className="note warn" role="status" aria-label={t.title}>
      <div className="grow">
        <strong>{t.restored(day(restored.backupAt))}</strong>
        <ul>
          {taken > 0 && <li>{t.taken(number(taken))}</li>}
          {overtaken > 0 && <li>{t.overtaken(number(overtaken))}</li>}
          {gone > 0 && <li>{t.gone(number(gone))}</li>}
          {claimed > 0 && <li>{t.claimed(number(claimed))}</li>}
        </ul>
        <button type="button" className="button small" onClick={sent.read}>
          {t.read}
        </button>
      </div>
    </section>
  );
}
