import { LifeBuoy } from 'lucide-react';
import { useState } from 'react';
import { KeyList } from '../../briefing/KeyList.tsx';
import { briefingWords } from '../../briefing/words/briefing.vi.ts';
import { useText } from '../../i18n/useText.tsx';
import { ShortcutSwitch } from '../../session/ShortcutSwitch.tsx';
import { SignOut } from '../../session/SignOut.tsx';
import { Support } from '../../session/Support.tsx';
import { Sheet } from '../../ui/Sheet.tsx';
import { useShortcuts } from '../../ui/useShortcuts.ts';
import { uiWords } from '../../ui/words/ui.vi.ts';
import { officeWords } from './words/office.vi.ts';
import '../../briefing/helpSheet.css';

/** End of the header of an office outside of a briefing: the switch of its single keys, their names, the way out. (KP14) */
export function OfficeKeys() {
  const { t } = useText(officeWords);
  const { t: room } = useText(briefingWords);
  const { t: ui } = useText(uiWords);
  const [isOpen, setIsOpen] = useState(false);
  useShortcuts({ '?': () => setIsOpen(true) });
  return (
    <>
      <ShortcutSwitch />
      <button type="button" className="button quiet icon" aria-label={room.help.title} onClick={() => setIsOpen(true)}>
        <LifeBuoy size={20} aria-hidden />
      </button>
      <SignOut />
      {isOpen && (
        <Sheet
          title={room.help.title}
          onClose={() => setIsOpen(false)}
          acts={
            // biome-ignore lint/a11y/noAutofocus: the sheet was just opened by hand
            <button type="button" className="button" autoFocus onClick={() => setIsOpen(false)}>
              {ui.close}
            </button>
          }
        >
          <div className="stack help">
            <Support />
            <h3>{room.help.keys}</h3>
            <p>{t.keysOff}</p>
            <KeyList
              keys={[
                ['T', room.help.table],
                ['C', room.help.units],
                ['?', room.help.help],
              ]}
            />
          </div>
        </Sheet>
      )}
    </>
  );
}
