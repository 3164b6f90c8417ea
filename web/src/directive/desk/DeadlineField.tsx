import { useState } from 'react';
import { useText } from '../../i18n/useText.tsx';
import { momentOfZoned, zoned } from '../../i18n/zone.ts';
import { serverNow } from '../../lib/serverClock.ts';
import { MomentField } from '../../ui/MomentField.tsx';
import { useNow } from '../../ui/useNow.ts';
import { deadlinePresets, whenOf } from '../deadline.ts';
import { directiveDeskWords } from '../words/desk.vi.ts';
import { directiveWords } from '../words/directive.vi.ts';

interface DeadlineFieldProps {
  readonly value: string | null;
  readonly onChange: (deadline: string | null) => void;
}

/** The usual hours as one press each; any other by a field. */
export function DeadlineField({ value, onChange }: DeadlineFieldProps) {
  const d = useText(directiveDeskWords).t.compose;
  const text = useText(directiveWords);
  const [now] = useState(() => new Date(serverNow()));
  // A form may lie open past midnight: the same moment is called by its new word then.
  const today = useNow();
  const presets = deadlinePresets(now);
  const [free, setFree] = useState(() => value !== null && !presets.some(([, instant]) => instant === value));
  return (
    <fieldset className="compose-deadline">
      <legend>{d.deadline}</legend>
      <div className="chips">
        {presets.map(([name, instant]) => (
          <label key={name} className="chip">
            <input
              type="radio"
              name="deadline"
              checked={!free && value === instant}
              onChange={() => {
                setFree(false);
                onChange(instant);
              }}
            />
            {instant === null ? text.t.noDeadline : whenOf(instant, today, text)}
          </label>
        ))}
        <label className="chip">
          <input type="radio" name="deadline" checked={free} onChange={() => setFree(true)} />
          {free && value ? whenOf(value, today, text) : d.other}
        </label>
      </div>
      {free && (
        <MomentField
          label={d.other}
          min={zoned(now).slice(0, 10)}
          value={value ? zoned(value) : ''}
          onChange={(chosen) => onChange(chosen ? new Date(momentOfZoned(chosen)).toISOString() : null)}
        />
      )}
      {value && Date.parse(value) <= today && <p className="problem">{d.deadlinePassed}</p>}
    </fieldset>
  );
}
