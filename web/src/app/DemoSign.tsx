import { useText } from '../i18n/useText.tsx';
import { useInstallation } from '../session/InstallationContext.tsx';
import { appWords } from './words/app.vi.ts';
import './demoSign.css';

/**
 * A demo says so at the edge of every page, quietly and for as long as the page is open; on a screen of a hall in a corner
 * of the picture, as a broadcaster's mark stands there.
 */
export function DemoSign({ corner = false }: { corner?: boolean }) {
  const { t } = useText(appWords);
  if (!useInstallation().demo) return null;
  return <p className={corner ? 'demo-sign corner' : 'demo-sign'}>{t.demo}</p>;
}
