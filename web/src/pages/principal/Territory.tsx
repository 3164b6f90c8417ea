import { type ReactNode, type RefObject, useEffect, useMemo, useState } from 'react';
import { Tab, TabList, TabPanel, Tabs } from 'react-aria-components';
import { answeredOf, neededOf } from '../../api/channel/rounds.ts';
import { placeIn } from '../../briefing/placeIn.ts';
import { figureWords } from '../../figure/words/figure.vi.ts';
import { useText } from '../../i18n/useText.tsx';
import type { RosterView } from '../../organisation/rosterView.ts';
import { presenceDeskWords } from '../../presence/words/desk.vi.ts';
import { useWaiting } from '../../question/desk/useWaiting.ts';
import { PlaceGrid } from '../../rollcall/desk/PlaceGrid.tsx';
import { childrenOf, placesOf } from '../../rollcall/desk/places.ts';
import { RoundPanel } from '../../rollcall/desk/RoundPanel.tsx';
import type { Rounds } from '../../rollcall/desk/useRounds.ts';
import { rollcallWords } from '../../rollcall/words/rollcall.vi.ts';
import { useChannel, useTools } from '../../session/BriefingContext.tsx';
import { principalWords } from './words/principal.vi.ts';
import './territory.css';

interface TerritoryProps {
  readonly rounds: Rounds;
  readonly roster: RosterView | undefined;
  readonly onWall: () => void;
  readonly onMap: (round: string) => void;
  readonly presence: ReactNode;
  /** The figures of the territory; undefined: none is followed here. */
  readonly figures: ReactNode | undefined;
  /** The agenda, the rooms, the questions and the calls, where they have no place under the picture. */
  readonly conduct?: ReactNode;
  /** What was read here before something took its place, and while which round ran. */
  readonly last: RefObject<LastTab | undefined>;
}
const tabs = ['presence', 'round', 'figures', 'conduct'] as const;
export interface LastTab {
  readonly tab: (typeof tabs)[number];
  readonly running: string | undefined;
}

/** The country in tables: who is here, who has answered, its figures, and how the briefing goes. A round that opens comes to the front. */
export function Territory({ rounds, roster, onWall, onMap, presence, figures: panel, conduct, last }: TerritoryProps) {
  const { t, number } = useText(presenceDeskWords);
  const { t: rollcall } = useText(rollcallWords);
  const { t: figure } = useText(figureWords);
  const { unit } = useTools().session.account;
  const { t: principal } = useText(principalWords);
  const { presence: counts, briefing, programme, floor } = useChannel();
  const here = counts.get(unit.code);
  const { shown } = rounds;
  const running = shown && shown.phase !== 'closed' ? shown.round.id : undefined;
  const [tab, setTab] = useState<LastTab['tab']>(last.current?.tab ?? (running ? 'round' : 'presence'));
  useEffect(() => {
    const isNew = running !== undefined && running !== last.current?.running;
    if (isNew) setTab('round');
    last.current = { tab: isNew ? 'round' : tab, running };
  }, [running, tab, last]);
  const count = shown?.count;
  const below = useMemo(() => roster && childrenOf(roster).get(unit.path), [roster, unit.path]);
  const figures = shown?.figures;
  const { within, places } = useMemo(() => {
    let within: string | undefined;
    let places = below && figures ? placesOf(below, figures) : [];
    // One province alone is asked: what is below it says more than its sum once more.
    for (let only = places[0]?.unit; places.length === 1 && only && figures && roster; only = places[0]?.unit) {
      const inside = placesOf(childrenOf(roster).get(only.path) ?? [], figures);
      if (inside.length === 0) break;
      within = only.name;
      places = inside;
    }
    return { within, places };
  }, [below, figures, roster]);
  const sum = (part: number | undefined, of: number | undefined): string =>
    part === undefined || of === undefined ? '–' : t.presentOf(number(part), number(of));
  const waiting = useWaiting()?.count ?? 0;
  const rooms = floor.stages?.length ?? 0;
  const item = programme.item ? placeIn(briefing.agenda, programme.item) + 1 : 0;
  // What nobody has looked at comes before what they began themselves.
  const conducted = [
    waiting > 0 && principal.conductQuestions(number(waiting)),
    rooms > 0 && principal.conductRooms(rooms),
    item > 0 && principal.conductItem(item, briefing.agenda.length),
  ].find(Boolean);
  const isGone = (panel === undefined && tab === 'figures') || (!conduct && tab === 'conduct');
  return (
    <Tabs
      className="territory"
      selectedKey={isGone ? 'presence' : tab}
      onSelectionChange={(key) => setTab(tabs.find((name) => name === key) ?? 'presence')}
    >
      <TabList aria-label={t.byUnit} className="tabs">
        <Tab id="presence">
          {t.present}
          <strong className="num">{sum(here?.here, here?.expected)}</strong>
        </Tab>
        <Tab id="round">
          {rollcall.title}
          <strong className="num">{sum(count && answeredOf(count), count && neededOf(count))}</strong>
        </Tab>
        {panel !== undefined && <Tab id="figures">{figure.title}</Tab>}
        {conduct && (
          <Tab id="conduct">
            {principal.conduct}
            <strong className="num">{conducted || '–'}</strong>
          </Tab>
        )}
      </TabList>
      <TabPanel id="presence">{presence}</TabPanel>
      <TabPanel id="round">
        <RoundPanel rounds={rounds} roster={roster} onWall={onWall} onMap={onMap} compact />
        {within !== undefined && <h3 className="territory-within">{within}</h3>}
        {places.length > 0 && <PlaceGrid places={places} onOpen={onWall} />}
      </TabPanel>
      {panel !== undefined && <TabPanel id="figures">{panel}</TabPanel>}
      {/* It stays while another is read: its key goes on to the next item from everywhere. */}
      {conduct && (
        <TabPanel id="conduct" shouldForceMount>
          {conduct}
        </TabPanel>
      )}
    </Tabs>
  );
}
