import type { Turn } from '../api/ApiError.ts';
import { useText } from '../i18n/useText.tsx';
import { PageHead } from '../session/PageHead.tsx';
import { SignOut } from '../session/SignOut.tsx';
import { Support } from '../session/Support.tsx';
import icon from '../ui/icon.svg';
import { useSecondsUntil } from '../ui/useSecondsUntil.ts';
import { appWords } from './words/app.vi.ts';
import './waitingRoom.css';

interface TurnRoomProps {
  readonly unit: string;
  readonly title: string;
  readonly turn: Turn;
  readonly wanted: boolean;
}

/** PL16: more come than can be let in at once: whose turn is next, and when; it goes in by itself, and at once when it is wanted (PL18). */
export function TurnRoom({ unit, title, turn, wanted }: TurnRoomProps) {
  const { t, hour } = useText(appWords);
  const seconds = useSecondsUntil(turn.until);
  return (
    <div className="waiting-room">
      <PageHead name={unit} line={title} way={<SignOut />} />
      <main className="waiting-main">
        <div className="waiting-lead">
          <img src={icon} alt="" width={72} height={72} />
          <h1>{wanted ? t.turnWanted : turn.of ? t.turnOf(turn.of, hour(turn.at)) : t.turnAt(hour(turn.at))}</h1>
          <p role="status">{wanted ? t.turnWantedNow : seconds > 0 ? t.turnIn(seconds) : t.turnNow}</p>
          <p className="soft">{t.turnByItself}</p>
          <Support />
        </div>
      </main>
    </div>
  );
}
