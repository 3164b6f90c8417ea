import { useEffect, useState } from 'react';
import type { Speaker } from '../../api/contract.ts';
import { useText } from '../../i18n/useText.tsx';
import { floorDeskWords } from '../words/desk.vi.ts';

/** Longer than the count of the page that was asked, with its way: whoever has not come by then may be looked for. */
const COUNTED_MS = 6_000;

/** FL21: whoever invites reads what became of it. */
export function Invited({ invited }: { invited: NonNullable<Speaker['invited']> }) {
  const { t, time } = useText(floorDeskWords);
  const [isLate, setLate] = useState(false);
  const { at, declined } = invited;
  useEffect(() => {
    const timer = setTimeout(() => setLate(true), COUNTED_MS);
    return () => clearTimeout(timer);
  }, []);
  return (
    <p className={declined ? 'warn' : 'soft'} role="status">
      {declined ? t.invited.declined(invited.by) : isLate ? t.invited.waiting(time(at)) : t.invited.counting}
    </p>
  );
}
