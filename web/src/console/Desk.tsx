import { X } from 'lucide-react';
import { useState } from 'react';
import type { Briefing } from '../api/contract.ts';
import { AttendanceDesk } from '../attendance/AttendanceDesk.tsx';
import { DirectiveDesk } from '../directives/desk/DirectiveDesk.tsx';
import { useDeskText } from '../i18n/desk/useDeskText.ts';
import { ReportDesk } from '../reports/ReportDesk.tsx';
import './desk.css';

const tools = ['directives', 'attendance', 'report'] as const;
type Tool = (typeof tools)[number];

interface DeskProps {
  /** undefined: work of the office, outside a briefing. */
  readonly briefing: Briefing | undefined;
  readonly composing?: boolean;
  readonly onCall?: (unit: string, name: string) => void;
  readonly onClose?: () => void;
}

/** Directives, attendance and reports, beside the stage or without one. */
export default function Desk({ briefing, composing = false, onCall, onClose }: DeskProps) {
  const d = useDeskText();
  const [tool, setTool] = useState<Tool>('directives');
  return (
    <section className="desk" aria-label={d.title}>
      <nav className="desk-bar" aria-label={d.title}>
        {briefing &&
          tools.map((name) => (
            <button
              key={name}
              type="button"
              aria-current={tool === name ? 'page' : undefined}
              onClick={() => setTool(name)}
            >
              {d.tools[name]}
            </button>
          ))}
        {!briefing && <h2 className="grow">{d.office.directives}</h2>}
        {onClose && (
          <button type="button" className="button quiet icon desk-close" aria-label={d.toRoom} onClick={onClose}>
            <X size={20} aria-hidden />
          </button>
        )}
      </nav>
      <div className="desk-body" key={tool}>
        {tool === 'directives' && <DirectiveDesk briefing={briefing} composing={composing} onCall={onCall} />}
        {tool === 'attendance' && briefing && <AttendanceDesk briefing={briefing} />}
        {tool === 'report' && briefing && <ReportDesk briefing={briefing} />}
      </div>
    </section>
  );
}
