import { ChevronLeft } from 'lucide-react';
import { useEffect, useMemo, useRef, useState } from 'react';
import { type PresenceRow, within } from '../../api/contract.ts';
import { useText } from '../../i18n/useText.tsx';
import { levelOf } from '../../organisation/desk/levels.ts';
import { type Tile, TileGrid } from '../../organisation/desk/TileGrid.tsx';
import { nameIn, type RosterView } from '../../organisation/rosterView.ts';
import { useChannel, useTools } from '../../session/BriefingContext.tsx';
import { uiWords } from '../../ui/words/ui.vi.ts';
import { presenceDeskWords } from '../words/desk.vi.ts';
import { PresenceList } from './PresenceList.tsx';
import { groupsOf } from './presenceTree.ts';
import { usePresenceRows } from './usePresenceRows.ts';
import { useSpoken } from './useSpoken.ts';
import './presenceMap.css';

interface PlacePresenceProps {
  readonly path: string;
  readonly roster: RosterView | undefined;
  readonly onCall: (row: PresenceRow) => void;
  /** undefined: it is the whole territory. */
  readonly onBack?: () => void;
}

/** One province: its districts as tiles, if it has some, and then the communes by name, with what each is doing. */
export function PlacePresence({ path, roster, onCall, onBack }: PlacePresenceProps) {
  const { t, number } = useText(presenceDeskWords);
  const { t: ui } = useText(uiWords);
  const { session } = useTools();
  const { presence } = useChannel();
  const [district, setDistrict] = useState<string>();
  const code = codeOf(path);
  const count = presence.get(code);
  const { rows, phase } = usePresenceRows(code, 'all', roster, count);
  const lines = useMemo(() => groupsOf(rows, path), [rows, path]);
  const spoken = useSpoken();
  const back = useRef<HTMLButtonElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: whoever went on reads from its top
  useEffect(() => back.current?.focus(), [district]);
  const nameOf = (at: string): string => nameIn(roster, codeOf(at));
  const tiles = lines.some(({ kind }) => kind === 'group')
    ? lines.map((line): Tile => {
        if (line.kind === 'group') {
          const of = line.rows.length;
          const inside = `${path}.${line.code}`;
          return { path: inside, name: nameOf(inside), part: line.here, of, level: levelOf(line.here, of) };
        }
        const part = line.row.state === 'here' ? 1 : 0;
        return { path: line.row.path, name: line.row.name, part, of: 1, level: levelOf(part, 1) };
      })
    : [];
  const place = district ?? path;
  const listed = useMemo(() => (district ? rows.filter((row) => within(row.path, district)) : rows), [rows, district]);
  const here = district ? listed.filter(({ state }) => state === 'here').length : (count?.here ?? 0);
  const of = district ? listed.length : (count?.expected ?? rows.length);
  const up = district ? () => setDistrict(undefined) : onBack;
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: Escape is a second way for the button in it
    <div
      className="presence-place"
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || !up) return;
        event.stopPropagation();
        up();
      }}
    >
      <div className="place-head">
        {up && (
          <button ref={back} type="button" className="button small" onClick={up}>
            <ChevronLeft size={18} aria-hidden />
            {district ? nameOf(path) : nameOf(session.account.unit.path)}
          </button>
        )}
        <h3 className="clip">{nameOf(place)}</h3>
        <span className="num">{t.presentOf(number(here), number(of))}</span>
      </div>
      {rows.length === 0 && phase === 'loading' && <p className="soft empty">{ui.loading}</p>}
      {phase === 'failed' && <p className="stale">{t.listFailed}</p>}
      {tiles.length > 0 && !district ? (
        <TileGrid label={t.districts(nameOf(path))} tiles={tiles} spoken={spoken} onOpen={setDistrict} />
      ) : (
        listed.length > 0 && <PresenceList label={nameOf(place)} rows={listed} onCall={onCall} />
      )}
    </div>
  );
}

const codeOf = (path: string): string => path.slice(path.lastIndexOf('.') + 1);
