import { useText } from '../../i18n/useText.tsx';
import { useOffice } from '../../session/OfficeContext.tsx';
import { PageHead } from '../../session/PageHead.tsx';
import { SignOut } from '../../session/SignOut.tsx';
import OfficePage from './OfficePage.tsx';
import { OFFICE_TAB } from './officePath.ts';
import { officeWords } from './words/office.vi.ts';

/**
 * The office at its own address: enters no briefing and opens no device, so that it may stand beside a tab that is on the
 * air. (KP10)
 */
export default function OfficeHome() {
  const { t } = useText(officeWords);
  const { account } = useOffice().session;
  const isBeside = window.name === OFFICE_TAB;
  return (
    <>
      <PageHead name={account.unit.name} line={account.name} way={<SignOut />} />
      <p className="office-way">
        {isBeside ? (
          <span className="soft">{t.stillIn}</span>
        ) : (
          <a className="button small" href="/">
            {t.toBriefing}
          </a>
        )}
      </p>
      <OfficePage first="schedule" />
    </>
  );
}
