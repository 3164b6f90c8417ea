import { useFormats } from '../i18n/useText.tsx';
import { useNow } from '../ui/useNow.ts';
import './screenCard.css';

/** The time, in letters for a hall. @param offset of the server's clock, ms */
export function ScreenClock({ offset, corner = false }: { offset?: number; corner?: boolean }) {
  const { hour, weekday, date } = useFormats();
  const now = new Date(useNow(offset)).toISOString();
  return (
    <p className={corner ? 'screen-clock corner' : 'screen-clock'} role="timer">
      <time dateTime={now} className="num">
        {hour(now)}
      </time>
      {!corner && (
        <span>
          {weekday(now)}, {date(now)}
        </span>
      )}
    </p>
  );
}
