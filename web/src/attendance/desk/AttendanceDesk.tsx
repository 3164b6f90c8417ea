import { useState } from 'react';
import type { Briefing } from '../../api/contract.ts';
import type { RosterView } from '../../organisation/rosterView.ts';
import { AttendanceList } from './AttendanceList.tsx';
import { UnitTimeline } from './UnitTimeline.tsx';
import './attendance.css';

/** Who was there by the record: the list of a territory, and one unit in full. */
export function AttendanceDesk({ briefing, roster }: { briefing: Briefing; roster: RosterView | undefined }) {
  const [unit, setUnit] = useState<string>();
  // The list stays where it was while one of it is looked at.
  return (
    <>
      <div className="attendance-list" hidden={unit !== undefined}>
        <AttendanceList briefing={briefing} roster={roster} onOpen={setUnit} shown={unit === undefined} />
      </div>
      {unit !== undefined && (
        <UnitTimeline key={unit} briefing={briefing} unit={unit} roster={roster} onBack={() => setUnit(undefined)} />
      )}
    </>
  );
}
