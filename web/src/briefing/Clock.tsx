import { useFormats } from '../i18n/useText.tsx';
import { useChannel } from '../session/BriefingContext.tsx';
import { useNow } from '../ui/useNow.ts';
import './clock.css';

/** The time of day by the server's clock, which is the one on record. */
export function Clock() {
  const { time } = useFormats();
  const { clockOffset } = useChannel();
  const now = new Date(useNow(clockOffset)).toISOString();
  return (
    <time className="clock num" dateTime={now}>
      {time(now)}
    </time>
  );
}
