import { CircleCheck, CircleDashed, CircleSlash, Contrast, type LucideIcon } from 'lucide-react';
import type { AttendanceRow, AttendanceVerdict, Briefing } from '../../api/contract.ts';
import { useText } from '../../i18n/useText.tsx';
import { attendanceDeskWords } from '../words/desk.vi.ts';
import { standingOf } from './attendanceApi.ts';

const verdictIcons: Readonly<Record<AttendanceVerdict, LucideIcon>> = {
  present: CircleCheck,
  partial: Contrast,
  absent: CircleDashed,
  excused: CircleSlash,
};

/** How one unit stands, as a page shows it. `tone` is the class of its colour. */
interface Shown {
  readonly said: string;
  readonly Icon: LucideIcon;
  readonly tone: AttendanceVerdict | 'came' | 'never';
}

/** AT9: there are verdicts from the start on; before it nobody is absent. */
export const isJudged = ({ liveAt }: Pick<Briefing, 'liveAt'>): boolean => liveAt !== null;

/** Words of each verdict in this briefing. Before the start `partial` is who came, and `absent` who did not yet. */
export function useVerdictWords(briefing: Briefing): Readonly<Record<AttendanceVerdict, string>> {
  const { t: d } = useText(attendanceDeskWords);
  if (isJudged(briefing)) return d.verdict;
  const { came, never } = briefing.state === 'closed' ? d.neverHeld : d.before;
  return { ...d.verdict, partial: came, absent: never };
}

/** The verdict of a unit; where there is none, whether it came and is here. */
export function useStanding(briefing: Briefing): (row: AttendanceRow) => Shown {
  const { t: d } = useText(attendanceDeskWords);
  const words = useVerdictWords(briefing);
  return (row) => {
    const verdict = standingOf(row);
    const said = words[verdict];
    if (isJudged(briefing) || row.correction || verdict === 'excused')
      return { said, Icon: verdictIcons[verdict], tone: verdict };
    if (row.firstIn === null) return { said: words.absent, Icon: CircleDashed, tone: 'never' };
    return { said: row.lastOut === null ? d.here : words.partial, Icon: CircleCheck, tone: 'came' };
  };
}
