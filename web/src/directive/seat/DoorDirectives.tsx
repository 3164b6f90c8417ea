import { ClipboardList } from 'lucide-react';
import { useState } from 'react';
import { useText } from '../../i18n/useText.tsx';
import { Sheet } from '../../ui/Sheet.tsx';
import { useNow } from '../../ui/useNow.ts';
import { uiWords } from '../../ui/words/ui.vi.ts';
import { directiveWords } from '../words/directive.vi.ts';
import { DirectivePanel } from './DirectivePanel.tsx';
import { useInboxTools } from './InboxContext.tsx';
import { useInbox } from './useInbox.ts';
import './doorDirectives.css';

/** Beside the device check: how much work the unit has, one press away. */
export function DoorDirectives() {
  const { t } = useText(directiveWords);
  const { t: ui } = useText(uiWords);
  const inbox = useInboxTools();
  const { open, awaiting } = useInbox();
  const now = useNow();
  const [shown, setShown] = useState(false);
  if (!inbox || open.length === 0) return null;
  const over = open.filter(({ directive }) => directive.deadline && Date.parse(directive.deadline) <= now).length;
  return (
    <>
      <button type="button" className="button door-directives" onClick={() => setShown(true)}>
        <ClipboardList size={22} aria-hidden />
        <span className="num">
          {t.mineCount(open.length)}
          {awaiting.length > 0 && <small>{t.toAnswer(awaiting.length)}</small>}
          {over > 0 && <small className="over">{t.overdueCount(over)}</small>}
        </span>
      </button>
      {shown && (
        <Sheet
          title={t.mine}
          className="wide"
          onClose={() => setShown(false)}
          acts={
            <button type="button" className="button" onClick={() => setShown(false)}>
              {ui.close}
            </button>
          }
        >
          <DirectivePanel />
        </Sheet>
      )}
    </>
  );
}

/** On the first page, before any briefing: the work itself. */
export function LobbyDirectives() {
  const inbox = useInboxTools();
  if (!inbox) return null;
  return (
    <div className="lobby-directives">
      <DirectivePanel />
    </div>
  );
}
