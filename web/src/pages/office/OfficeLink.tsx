import { ExternalLink } from 'lucide-react';
import { useText } from '../../i18n/useText.tsx';
import { OFFICE_PATH, OFFICE_TAB } from './officePath.ts';
import { officeWords } from './words/office.vi.ts';

/** A tab that is opened by another one has its session. */
export const openOffice = (): void => void window.open(OFFICE_PATH, OFFICE_TAB);

/** From beside the camera to the rest of the office, in a tab of its own. (KP10) */
export function OfficeLink() {
  const { t } = useText(officeWords);
  return (
    <a className="office-link" href={OFFICE_PATH} target={OFFICE_TAB} rel="opener" title={t.pageAbout}>
      {t.page}
      <ExternalLink size={16} aria-hidden />
    </a>
  );
}
