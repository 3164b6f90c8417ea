import { useMemo, useRef, useState } from 'react';
import { codeOf, type PresenceRow } from '../../api/contract.ts';
import { useText } from '../../i18n/useText.tsx';
import { levelOf } from '../../organisation/desk/levels.ts';
import { type Tile, TileGrid } from '../../organisation/desk/TileGrid.tsx';
import { nameIn, type RosterView } from '../../organisation/rosterView.ts';
import { useChannel, useTools } from '../../session/BriefingContext.tsx';
import { presenceDeskWords } from '../words/desk.vi.ts';
import { PlacePresence } from './PlacePresence.tsx';
import { useSpoken } from './useSpoken.ts';
import './presenceMap.css';

interface PresenceMapProps {
  readonly roster: RosterView | undefined;
  readonly onCall: (row: PresenceRow) => void;
}

/** The territory as tiles, a province each: who is here of how many. A press opens one. */
export function PresenceMap({ roster, onCall }: PresenceMapProps) {
  const { t } = useText(presenceDeskWords);
  const { session } = useTools();
  const { presence } = useChannel();
  const [open, setOpen] = useState<string>();
  const byKeyboard = useRef(false);
  const { unit } = session.account;
  const tiles = useMemo(
    () =>
      [...presence.values()]
        .filter(({ unit: code, expected }) => code !== unit.code && expected > 0)
        .map(({ unit: code, here, expected }): Tile => {
          const known = roster?.byCode.get(code);
          const path = known?.path ?? `${unit.path}.${code}`;
          return { path, name: nameIn(roster, code), part: here, of: expected, level: levelOf(here, expected) };
        })
        .toSorted((a, b) =>
          roster ? roster.rank(codeOf(a.path)) - roster.rank(codeOf(b.path)) : a.path < b.path ? -1 : 1,
        ),
    [presence, roster, unit],
  );
  const spoken = useSpoken();
  if (tiles.length === 0)
    return (
      <div className="map-none">
        <strong>{t.noPresence}</strong>
        <p className="soft">{t.noPresenceBody}</p>
      </div>
    );
  // Units stand directly below: there is nothing to open, they are listed.
  if (tiles.every(({ of }) => of === 1)) return <PlacePresence path={unit.path} roster={roster} onCall={onCall} />;
  return (
    <div
      className="presence-map"
      onKeyDownCapture={() => {
        byKeyboard.current = true;
      }}
      onPointerDownCapture={() => {
        byKeyboard.current = false;
      }}
    >
      {open === undefined ? (
        <TileGrid label={t.map} tiles={tiles} spoken={spoken} autoFocus={byKeyboard.current} onOpen={setOpen} />
      ) : (
        <PlacePresence key={open} path={open} roster={roster} onCall={onCall} onBack={() => setOpen(undefined)} />
      )}
    </div>
  );
}
