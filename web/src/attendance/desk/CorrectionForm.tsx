import { type FormEvent, useState } from 'react';
import { type AttendanceRow, type AttendanceVerdict, attendanceVerdictSchema } from '../../api/contract.ts';
import { useText } from '../../i18n/useText.tsx';
import { useOffice } from '../../session/OfficeContext.tsx';
import { sentence } from '../../session/sentence.ts';
import { problemWords } from '../../session/words/problem.vi.ts';
import { useToasts } from '../../ui/Toasts.tsx';
import { uiWords } from '../../ui/words/ui.vi.ts';
import { attendanceDeskWords } from '../words/desk.vi.ts';
import { attendanceApi, standingOf } from './attendanceApi.ts';

interface CorrectionFormProps {
  readonly briefing: string;
  readonly row: AttendanceRow;
  readonly onCorrected: () => void;
}

/** An official says otherwise, with a reason; what was measured stays beside it. */
export function CorrectionForm({ briefing, row, onCorrected }: CorrectionFormProps) {
  const { t: d } = useText(attendanceDeskWords);
  const { t, time } = useText(uiWords);
  const { t: problems } = useText(problemWords);
  const { api } = useOffice();
  const { tell } = useToasts();
  const [open, setOpen] = useState(false);
  const [busy, setBusy] = useState(false);
  // Of this correction: sent again after a failure, it is recorded once.
  const [key, setKey] = useState(() => crypto.randomUUID());
  if (!open)
    return (
      <button type="button" className="button correct" onClick={() => setOpen(true)}>
        {d.correct}
      </button>
    );
  const submit = async (event: FormEvent<HTMLFormElement>): Promise<void> => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const reason = String(form.get('reason') ?? '').trim();
    if (reason === '') return;
    setBusy(true);
    try {
      const verdict = form.get('verdict') as AttendanceVerdict;
      const { receipt } = await attendanceApi.correct(api, briefing, row.unit, { key, verdict, reason });
      tell({ text: d.saved(row.name, time(receipt.at)), tone: 'good' });
      setKey(crypto.randomUUID());
      setOpen(false);
      onCorrected();
    } catch (error) {
      tell({ text: sentence(error, problems), tone: 'bad' });
    } finally {
      setBusy(false);
    }
  };
  return (
    <form className="panel stack correction" onSubmit={(event) => void submit(event)}>
      <h3>{d.correctTitle}</h3>
      <fieldset>
        <legend className="label">{d.verdictLabel}</legend>
        <div className="chips">
          {attendanceVerdictSchema.options.map((verdict) => (
            <label key={verdict} className="chip">
              <input
                type="radio"
                name="verdict"
                value={verdict}
                defaultChecked={verdict === standingOf(row)}
                required
              />
              {d.verdict[verdict]}
            </label>
          ))}
        </div>
      </fieldset>
      <div className="field">
        <label htmlFor="correction-reason">{d.reason}</label>
        {/* biome-ignore lint/a11y/noAutofocus: the form was just opened by hand */}
        <textarea id="correction-reason" name="reason" className="input" rows={2} maxLength={500} required autoFocus />
        <p className="soft small-text">{d.correctNote}</p>
      </div>
      <div className="row form-acts">
        <button type="button" className="button" onClick={() => setOpen(false)}>
          {t.cancel}
        </button>
        <button type="submit" className="button primary" disabled={busy}>
          {d.save}
        </button>
      </div>
    </form>
  );
}
