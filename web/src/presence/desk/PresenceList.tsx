// biome-ignore-all lint/a11y/useSemanticElements: a virtualised list has no list elements
import { Phone } from 'lucide-react';
import type { PresenceRow } from '../../api/contract.ts';
import { useText } from '../../i18n/useText.tsx';
import { organisationDeskWords } from '../../organisation/words/desk.vi.ts';
import { useLongList } from '../../ui/useLongList.ts';
import { StateIcon, StateWords } from './StateSign.tsx';

interface PresenceListProps {
  readonly label: string;
  readonly rows: readonly PresenceRow[];
  readonly onCall: (row: PresenceRow) => void;
}

const ROW_PX = 52;

/** Units by name, each with its state in words; who is here can be called. */
export function PresenceList({ label, rows, onCall }: PresenceListProps) {
  const { t } = useText(organisationDeskWords);
  const { scroller, height, shown } = useLongList(rows.length, ROW_PX);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a list that scrolls must be reachable by keyboard
    <div ref={scroller} className="list-scroll" tabIndex={0}>
      <div role="list" aria-label={label} className="list-grid" style={{ height }}>
        {shown.map(({ index, start }) => {
          const row = rows[index];
          return (
            row && (
              <div
                key={row.unit}
                role="listitem"
                aria-posinset={index + 1}
                aria-setsize={rows.length}
                className="list-line"
                style={{ transform: `translateY(${start}px)` }}
              >
                <StateIcon row={row} />
                <span className="list-name grow">
                  <span className="clip">{row.name}</span>
                  <span className="clip soft">
                    <StateWords row={row} />
                  </span>
                </span>
                {row.state === 'here' && (
                  <button
                    type="button"
                    className="button small"
                    aria-label={t.callUnit(row.name)}
                    onClick={() => onCall(row)}
                  >
                    <Phone size={16} aria-hidden />
                    {t.call}
                  </button>
                )}
              </div>
            )
          );
        })}
      </div>
    </div>
  );
}
