import { CalendarClock } from 'lucide-react';
import { useText } from '../../i18n/useText.tsx';
import { OFFICE_PATH } from './officePath.ts';
import { officeWords } from './words/office.vi.ts';

/** At the door of a briefing that is open, officials have the way to the office's page. (KP10) */
export default function OfficeDoor() {
  const { t } = useText(officeWords);
  return (
    <a className="button quiet" href={OFFICE_PATH}>
      <CalendarClock size={18} aria-hidden />
      {t.door}
    </a>
  );
}
