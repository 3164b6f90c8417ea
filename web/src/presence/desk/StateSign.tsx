import { CircleCheck, CircleDashed, CircleX, DoorOpen, TriangleAlert, WifiOff } from 'lucide-react';
import type { PresenceRow } from '../../api/contract.ts';
import { useText } from '../../i18n/useText.tsx';
import { equipmentLine, isWhole } from '../../organisation/equipmentLine.ts';
import { equipmentWords } from '../../organisation/words/equipment.vi.ts';
import { presenceDeskWords } from '../words/desk.vi.ts';
import './presence.css';

export function StateIcon({ row }: { row: PresenceRow }) {
  if (row.state === 'here' && row.line === 'weak')
    return <TriangleAlert className="state weak" size={20} aria-hidden />;
  if (row.state === 'here' && row.line === 'lost') return <WifiOff className="state lost" size={20} aria-hidden />;
  const Icon = { here: CircleCheck, door: DoorOpen, gone: CircleX, never: CircleDashed }[row.state];
  return <Icon className={`state ${row.state}`} size={20} aria-hidden />;
}

/** `Đang kết nối · lần đầu 09:02:11 · đường truyền yếu · không có camera, có micro` */
export function StateWords({ row }: { row: PresenceRow }) {
  const { t, time } = useText(presenceDeskWords);
  const { t: equipment } = useText(equipmentWords);
  const parts: string[] = [t.state[row.state]];
  // When the unit was seen first: it may have been away since.
  if (row.state === 'here' && row.since) parts.push(t.since(time(row.since)));
  if (row.state === 'gone' && row.until) parts[0] += ` ${t.until(time(row.until))}`;
  if (row.state === 'here' && row.line && row.line !== 'good') parts.push(t.line(t.lineShort[row.line]));
  if (row.equipment && !isWhole(row.equipment)) parts.push(equipmentLine(row.equipment, equipment));
  return parts.join(' · ');
}
