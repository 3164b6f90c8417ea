import type { Api } from '../api/Api.ts';
import { useText } from '../i18n/useText.tsx';
import { useStore } from '../ui/useStore.ts';
import { appWords } from './words/app.vi.ts';
import './recordSign.css';

/** SV16: that nothing can be recorded for now, calmly, on every page for as long as it is so; nobody has to do anything. */
export function RecordSign({ api, corner = false }: { api: Pick<Api, 'record'>; corner?: boolean }) {
  const { t } = useText(appWords);
  if (useStore(api.record).writable) return null;
  return (
    <p className={corner ? 'record-sign corner' : 'record-sign'} role="status">
      {t.recordFull}
    </p>
  );
}
