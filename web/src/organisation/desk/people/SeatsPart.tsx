import { Link2, Printer } from 'lucide-react';
import { useState } from 'react';
import type { MadeSeats } from '../../../api/contract.ts';
import { useText } from '../../../i18n/useText.tsx';
import { ConfirmSheet } from '../../../ui/ConfirmSheet.tsx';
import { Sheet } from '../../../ui/Sheet.tsx';
import { uiWords } from '../../../ui/words/ui.vi.ts';
import type { RosterUnit } from '../../rosterView.ts';
import { peopleWords } from '../../words/people.vi.ts';
import { PrintedSlips } from './LinkOnceSheet.tsx';
import { usePeople } from './usePeople.ts';

/** Seats and links that are missing below a unit, made in one act and printed as slips. */
export function SeatsPart({ unit, onDone }: { unit: RosterUnit; onDone: () => void }) {
  const { t: words, number } = useText(peopleWords);
  const t = words.seats;
  const { t: ui } = useText(uiWords);
  const { people, session, run } = usePeople();
  const [asked, setAsked] = useState(false);
  const [made, setMade] = useState<MadeSeats>();
  if (!session.acts.includes('link.issue')) return null;
  const make = async (): Promise<void> => {
    const done = await run(() => people.makeSeats(unit.code));
    if (!done) return;
    setMade(done.is);
    onDone();
  };
  const links = made?.links ?? [];
  return (
    <div>
      <button type="button" className="button small people-seats" onClick={() => setAsked(true)}>
        <Link2 size={16} aria-hidden />
        {t.make}
      </button>
      {asked && (
        <ConfirmSheet
          title={t.title(unit.name)}
          body={t.body}
          confirm={t.make}
          onConfirm={make}
          onClose={() => setAsked(false)}
        />
      )}
      {made && (
        <Sheet
          title={t.titleDone}
          onClose={() => setMade(undefined)}
          acts={
            <>
              <button type="button" className="button" onClick={() => setMade(undefined)}>
                {ui.close}
              </button>
              {links.length > 0 && (
                <button type="button" className="button primary" onClick={() => window.print()}>
                  <Printer size={18} aria-hidden />
                  {t.print(number(links.length))}
                </button>
              )}
            </>
          }
        >
          <p>{links.length === 0 ? t.none : t.done(number(links.length))}</p>
          <PrintedSlips slips={links.map(({ name, within, url }) => ({ name, where: within, url }))} />
        </Sheet>
      )}
    </div>
  );
}
