import { useState } from 'react';
import { useText } from '../i18n/useText.tsx';
import { useChannel, useTools } from '../session/BriefingContext.tsx';
import { Support } from '../session/Support.tsx';
import { ConfirmSheet } from '../ui/ConfirmSheet.tsx';
import { Sheet } from '../ui/Sheet.tsx';
import { uiWords } from '../ui/words/ui.vi.ts';
import { KeyList } from './KeyList.tsx';
import { briefingWords } from './words/briefing.vi.ts';
import './helpSheet.css';

interface HelpSheetProps {
  /** The page has what all see, and the agenda. */
  readonly produces?: boolean;
  readonly onClose: () => void;
}

/** Keys (KP3), and what to do when something is wrong. */
export function HelpSheet({ produces = false, onClose }: HelpSheetProps) {
  const { t } = useText(briefingWords);
  const { t: ui } = useText(uiWords);
  const { session, identity, checkAgain } = useTools();
  const { floor } = useChannel();
  const speaker = floor.speakers.find(({ seat }) => seat.identity === identity);
  const [asking, setAsking] = useState(false);
  const seat = session.account.role === 'seat';
  const mayPrepare = session.account.role === 'principal' || session.account.role === 'moderator';
  const keys: readonly (readonly [string, string])[] = [
    ...(session.account.role === 'moderator' ? [] : [['M', t.help.mute] as const]),
    ...(seat ? [['H', t.help.hand] as const] : []),
    ...(produces ? [['1 … 9, 0, -', t.help.picture] as const, ['N', t.help.next] as const] : []),
    ...(mayPrepare
      ? [
          ['/', t.help.search] as const,
          ['D', t.help.directive] as const,
          ['T', t.help.table] as const,
          ['C', t.help.units] as const,
        ]
      : []),
    ['?', t.help.help],
  ];
  const always: readonly (readonly [string, string])[] = [
    ...(seat ? [['Enter', t.help.accept] as const] : []),
    ...(mayPrepare ? [['← → Page Up Page Down Home End', t.help.pages] as const] : []),
  ];
  // KP4: the check leaves the room.
  if (asking)
    return (
      <ConfirmSheet
        title={t.help.leaveTitle}
        body={speaker?.place === 'green' ? t.help.leaveGreen : t.help.leaveStage}
        confirm={t.help.leave}
        keep={t.help.stay}
        onConfirm={async () => checkAgain()}
        onClose={() => setAsking(false)}
      />
    );
  return (
    <Sheet
      title={t.help.title}
      onClose={onClose}
      acts={
        <>
          <button type="button" className="button" onClick={speaker ? () => setAsking(true) : checkAgain}>
            {t.help.checkAgain}
          </button>
          {/* biome-ignore lint/a11y/noAutofocus: the sheet was just opened by hand */}
          <button type="button" className="button" autoFocus onClick={onClose}>
            {ui.close}
          </button>
        </>
      }
    >
      <div className="stack help">
        <h3>{t.help.steps}</h3>
        <ul className="stack">
          <li>{t.help.noSound}</li>
          <li>{t.help.noPicture}</li>
          <li>{t.help.lost}</li>
        </ul>
        <Support />
        <h3>{t.help.keys}</h3>
        <p>{t.help.keysOff}</p>
        <KeyList keys={keys} />
        {always.length > 0 && (
          <>
            <p>{t.help.keysAlways}</p>
            <KeyList keys={always} />
          </>
        )}
      </div>
    </Sheet>
  );
}
