import { type ReactNode, useEffect, useState } from 'react';
import { Tab, TabList, TabPanel, Tabs } from 'react-aria-components';
import { useText } from '../../i18n/useText.tsx';
import type { RosterView } from '../../organisation/rosterView.ts';
import { presenceDeskWords } from '../../presence/words/desk.vi.ts';
import { RoundByUnit } from '../../rollcall/desk/RoundByUnit.tsx';
import { RoundPanel } from '../../rollcall/desk/RoundPanel.tsx';
import type { Rounds } from '../../rollcall/desk/useRounds.ts';
import { rollcallWords } from '../../rollcall/words/rollcall.vi.ts';

interface PresenceOrRoundProps {
  readonly rounds: Rounds;
  readonly roster: RosterView | undefined;
  readonly onWall: () => void;
  readonly presence: ReactNode;
}

/** The leader reads one of two tables: who is here, or who has answered. A round that opens comes to the front. */
export function PresenceOrRound({ rounds, roster, onWall, presence }: PresenceOrRoundProps) {
  const { t, number } = useText(presenceDeskWords);
  const { t: rollcall } = useText(rollcallWords);
  const { shown } = rounds;
  const [tab, setTab] = useState<'presence' | 'round'>(shown && shown.phase !== 'closed' ? 'round' : 'presence');
  const running = shown && shown.phase !== 'closed' ? shown.round.id : undefined;
  useEffect(() => {
    if (running) setTab('round');
  }, [running]);
  const missing = shown?.count && shown.count.called + shown.count.absent;
  return (
    <Tabs
      className="counts-tabs"
      selectedKey={tab}
      onSelectionChange={(key) => setTab(key === 'round' ? 'round' : 'presence')}
    >
      <TabList aria-label={t.byUnit} className="tabs">
        <Tab id="presence">{t.present}</Tab>
        <Tab id="round">
          {rollcall.title}
          {missing !== undefined && missing > 0 && <span className="count num">{number(missing)}</span>}
        </Tab>
      </TabList>
      <TabPanel id="presence">{presence}</TabPanel>
      <TabPanel id="round">
        <RoundPanel rounds={rounds} roster={roster} onWall={onWall} compact />
        {shown && <RoundByUnit shown={shown} roster={roster} />}
      </TabPanel>
    </Tabs>
  );
}
