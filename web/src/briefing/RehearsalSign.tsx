import { useEffect } from 'react';
import { useText } from '../i18n/useText.tsx';
import { scheduleSignWords } from './words/schedule.vi.ts';
import './rehearsalSign.css';

/** RH4: over every page of a rehearsal, at the top, so that no picture of it is taken for the real thing. */
export function RehearsalSign({ rehearsal }: { rehearsal: boolean }) {
  const { t } = useText(scheduleSignWords);
  useEffect(() => {
    if (!rehearsal) return;
    document.documentElement.dataset.rehearsal = '';
    return () => {
      delete document.documentElement.dataset.rehearsal;
    };
  }, [rehearsal]);
  if (!rehearsal) return null;
  return (
    <p className="rehearsal-sign" role="note">
      <strong>{t.rehearsal}</strong>
      <span>{t.rehearsalBody}</span>
    </p>
  );
}
