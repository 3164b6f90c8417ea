import { useText } from '../i18n/useText.tsx';
import { useTools } from '../session/BriefingContext.tsx';
import { Support } from '../session/Support.tsx';
import { Sheet } from '../ui/Sheet.tsx';
import { uiWords } from '../ui/words/ui.vi.ts';
import { briefingWords } from './words/briefing.vi.ts';
import './helpSheet.css';

/** Keys, and what to do when something is wrong. */
export function HelpSheet({ onClose }: { onClose: () => void }) {
  const { t } = useText(briefingWords);
  const { t: ui } = useText(uiWords);
  const { session, checkAgain } = useTools();
  const seat = session.account.role === 'seat';
  const keys = [
    ['M', t.help.mute],
    ...(seat
      ? [['H', t.help.hand] as const, ['Enter', t.help.accept] as const]
      : [['/', t.help.search] as const, ['D', t.help.directive] as const, ['N', t.help.next] as const]),
    ['?', t.help.help],
  ] as const;
  return (
    <Sheet
      title={t.help.title}
      onClose={onClose}
      acts={
        <>
          <button type="button" className="button" onClick={checkAgain}>
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
        <dl>
          {keys.map(([key, what]) => (
            <div key={key}>
              <dt>
                <kbd>{key}</kbd>
              </dt>
              <dd>{what}</dd>
            </div>
          ))}
        </dl>
      </div>
    </Sheet>
  );
}
