import { useText } from '../i18n/useText.tsx';
import { useInstallation } from '../session/InstallationContext.tsx';
import { appWords } from './words/app.vi.ts';
import './demoSign.css';

/** A demo says so at the edge of every page, quietly and for as long as the page is open. */
export function DemoSign() {
  const { t } = useText(appWords);
  return useInstallation().demo ? <p className="demo-sign">{t.demo}</p> : null;
}
