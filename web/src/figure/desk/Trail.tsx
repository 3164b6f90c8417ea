import { ChevronRight } from 'lucide-react';
import { useText } from '../../i18n/useText.tsx';
import { type RosterView, trailOf } from '../../organisation/rosterView.ts';
import { figureDeskWords } from '../words/desk.vi.ts';

interface TrailProps {
  readonly roster: RosterView;
  readonly root: string;
  readonly place: string;
  readonly onGo: (path: string) => void;
}

/** The way from the territory down to a place, and back. */
export function Trail({ roster, root, place, onGo }: TrailProps) {
  const { t } = useText(figureDeskWords);
  return (
    <nav className="figure-trail" aria-label={t.whole}>
      {trailOf(roster, root, place).map((unit, i) => (
        <span key={unit.code} className="row">
          {i > 0 && <ChevronRight size={16} aria-hidden />}
          <button
            type="button"
            className="button quiet small"
            aria-current={unit.path === place ? 'location' : undefined}
            onClick={() => onGo(unit.path)}
          >
            {unit.name}
          </button>
        </span>
      ))}
    </nav>
  );
}
