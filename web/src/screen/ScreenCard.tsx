import { type ReactNode, useCallback } from 'react';
import type { Briefing } from '../api/contract.ts';
import { useFormats, useText } from '../i18n/useText.tsx';
import { useNow } from '../ui/useNow.ts';
import { ScreenClock } from './ScreenClock.tsx';
import { useKiosk } from './useKiosk.ts';
import { screenWords } from './words/screen.vi.ts';
import './screenCard.css';

/** What a screen shows while it shows no stage. */
function ScreenCard({ children }: { children: ReactNode }) {
  const { t } = useText(screenWords);
  useKiosk(useCallback(() => undefined, []));
  return (
    <main className="screen-card" aria-label={t.title}>
      {children}
    </main>
  );
}

/** The code, read from the back of a hall, and what to do with it. */
export function PairingCard({ code }: { code: string }) {
  const { t } = useText(screenWords);
  return (
    <ScreenCard>
      <h1>{t.codeTitle}</h1>
      <p className="screen-code num" role="status" aria-label={t.codeSpoken([...code].join(' '))}>
        <span aria-hidden>{code.slice(0, 4)}</span>
        <span aria-hidden>{code.slice(4)}</span>
      </p>
      <p>{t.codeBody}</p>
    </ScreenCard>
  );
}

/** Between briefings: the time, and what comes next. */
export function IdleCard({ next }: { next: Briefing | undefined }) {
  const { t } = useText(screenWords);
  const { day } = useFormats();
  const now = useNow();
  // SN18: what should have begun already is not “next”.
  const say = next && Date.parse(next.scheduledAt) <= now ? t.late : t.next;
  return (
    <ScreenCard>
      <ScreenClock />
      <p role="status">{next ? say(next.title, day(next.scheduledAt)) : t.nothing}</p>
    </ScreenCard>
  );
}

export function AskingCard({ text }: { text?: string }) {
  const { t } = useText(screenWords);
  return (
    <ScreenCard>
      <ScreenClock />
      <p role="status">{text ?? t.asking}</p>
    </ScreenCard>
  );
}
