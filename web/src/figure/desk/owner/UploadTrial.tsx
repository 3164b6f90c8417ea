import { Download } from 'lucide-react';
import { type FormEvent, useEffect, useId, useRef, useState } from 'react';
import { type BatchAnswer, type Indicator, LONGEST_REASON, type UploadPlan } from '../../../api/contract.ts';
import { useText } from '../../../i18n/useText.tsx';
import { useOffice } from '../../../session/OfficeContext.tsx';
import { saveFile } from '../../../ui/saveFile.ts';
import { ownerWords } from '../../words/owner.vi.ts';
import { type ChosenFile, ownerApi } from './ownerApi.ts';
import { PlannedMoves } from './PlannedMoves.tsx';
import { errorsOf, isRefusedWhole } from './planned.ts';
import { RefusedCells } from './RefusedCells.tsx';
import { UploadProblem } from './UploadProblem.tsx';

interface UploadTrialProps {
  readonly file: ChosenFile;
  readonly plan: UploadPlan;
  readonly batch: string;
  readonly indicators: readonly Indicator[];
  readonly onRecorded: (answer: BatchAnswer) => void;
  readonly onDropped: () => void;
}
const counted = ['fresh', 'changed', 'unchanged', 'held', 'refused'] as const;

/** FG74: what recording a file would do, in counts first, then cell by cell. */
export function UploadTrial({ file, plan, batch, indicators, onRecorded, onDropped }: UploadTrialProps) {
  const { t: words, number } = useText(ownerWords);
  const t = words.plan;
  const { api } = useOffice();
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>();
  const form = useId();
  const some = plan.fresh + plan.changed;
  const heading = useRef<HTMLHeadingElement>(null);
  // It takes the place of the button by which the file was chosen. Once: later a reason is written below.
  useEffect(() => heading.current?.focus(), []);
  const saveErrors = async (): Promise<void> => {
    setBusy(true);
    setError(undefined);
    try {
      saveFile(`${file.name}-errors.csv`, await ownerApi.errors(api, file));
    } catch (failure) {
      setError(failure);
    } finally {
      setBusy(false);
    }
  };
  const record = async (event: FormEvent<HTMLFormElement>): Promise<void> => {
    event.preventDefault();
    const reason = String(new FormData(event.currentTarget).get('reason') ?? '').trim();
    setBusy(true);
    setError(undefined);
    try {
      onRecorded(await ownerApi.record(api, file, batch, reason));
    } catch (failure) {
      setError(failure);
      setBusy(false);
    }
  };
  return (
    <>
      <h3 ref={heading} tabIndex={-1} className="figure-own-tried">
        {t.title(file.name)}
      </h3>
      <dl className="figure-own-counts">
        {counted.map((one) => (
          <div key={one} data-count={plan[one] === 0 ? 'none' : one}>
            <dt>{t[one]}</dt>
            <dd className="num">{number(plan[one])}</dd>
          </div>
        ))}
      </dl>
      {some === 0 && <p className="note warn">{isRefusedWhole(plan) ? t.half : t.nothing}</p>}
      {plan.held > 0 && <p className="note warn">{plan.held === some && some >= ALL ? t.heldAll : t.heldHint}</p>}
      <form id={form} className="figure-own-record" onSubmit={(event) => void record(event)}>
        {plan.moves.length > 0 && <PlannedMoves moves={plan.moves} total={plan.changed} indicators={indicators} />}
        {plan.errors.length > 0 && (
          <RefusedCells errors={plan.errors} total={errorsOf(plan)}>
            <button type="button" className="button small" disabled={busy} onClick={() => void saveErrors()}>
              <Download size={16} aria-hidden />
              {t.errors}
            </button>
          </RefusedCells>
        )}
        {some > 0 && (
          <label className="field">
            <span className="label">{plan.late > 0 ? t.reason : t.reasonOptional}</span>
            <input className="input" name="reason" required={plan.late > 0} maxLength={LONGEST_REASON} />
            {plan.late > 0 && <small className="soft">{t.reasonHint}</small>}
          </label>
        )}
        {error !== undefined && <UploadProblem error={error} />}
        <div className="desk-acts">
          <span className="soft" role="status">
            {busy && words.upload.recording}
          </span>
          <button type="button" className="button" disabled={busy} onClick={onDropped}>
            {some > 0 ? t.cancel : words.upload.other}
          </button>
          {some > 0 && (
            <button type="submit" className="button primary" disabled={busy}>
              {t.record(number(some))}
            </button>
          )}
        </div>
      </form>
    </>
  );
}

/** FG15: of fewer rows each is looked at by itself. */
const ALL = 20;
