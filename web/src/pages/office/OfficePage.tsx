import '../../ui/styles/desks.css';
import type { Briefing } from '../../api/contract.ts';
import { useText } from '../../i18n/useText.tsx';
import { useRoster } from '../../organisation/useRoster.ts';
import { useOffice } from '../../session/OfficeContext.tsx';
import { PageHead } from '../../session/PageHead.tsx';
import { ComponentLanguage } from '../../ui/ComponentLanguage.tsx';
import { ShortcutsProvider } from '../../ui/Shortcuts.tsx';
import OfficeDesk from './OfficeDesk.tsx';
import { OfficeKeys } from './OfficeKeys.tsx';
import { enterFromOffice, OFFICE_TAB } from './officePath.ts';
import { officeWords } from './words/office.vi.ts';
import './officePage.css';

interface OfficePageProps {
  readonly ended?: Briefing;
  readonly first?: 'happened' | 'directives' | 'schedule';
  readonly onEnter?: (briefing: string) => void;
  /** Whoever opens the doors of a briefing here is not led into it. */
  readonly stays?: boolean;
}

/** The desk as a page: after a briefing with its record, or without one. */
export default function OfficePage(props: OfficePageProps) {
  return (
    <ShortcutsProvider>
      <OfficeBody {...props} />
    </ShortcutsProvider>
  );
}

function OfficeBody({ ended, first = 'directives', onEnter, stays }: OfficePageProps) {
  const { t: d } = useText(officeWords);
  const { session } = useOffice();
  const roster = useRoster(session.account.unit.code);
  return (
    <div className="console office">
      {ended && <PageHead name={session.account.name} line={ended.title} way={<OfficeKeys />} />}
      <main className="office-main">
        {ended && (
          <div className="note good">
            <p>
              <strong>{d.ended}</strong>
              {d.endedBody}
            </p>
          </div>
        )}
        <ComponentLanguage>
          <OfficeDesk briefing={ended} roster={roster} first={first} onEnter={onEnter} stays={stays} />
        </ComponentLanguage>
      </main>
    </div>
  );
}

/**
 * The office at its own address: enters no briefing and opens no device, so that it may stand beside a tab that is on the
 * air. (KP10)
 */
export function OfficeHome() {
  const { t } = useText(officeWords);
  const { account } = useOffice().session;
  const isBeside = window.name === OFFICE_TAB;
  return (
    <ShortcutsProvider>
      <PageHead name={account.unit.name} line={account.name} way={<OfficeKeys />} />
      <p className="office-way">
        {isBeside ? (
          <span className="soft">{t.stillIn}</span>
        ) : (
          <a className="button small" href="/">
            {t.toBriefing}
          </a>
        )}
      </p>
      <OfficeBody first="schedule" onEnter={enterFromOffice} stays />
    </ShortcutsProvider>
  );
}
