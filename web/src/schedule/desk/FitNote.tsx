import type { BriefingFit } from '../../api/contract.ts';
import { useText } from '../../i18n/useText.tsx';
import { type FitWords, fitWords } from '../words/fit.vi.ts';

const tones = { fits: 'good', 'no-spare': 'warn', 'does-not-fit': 'bad', unknown: 'warn' } as const;

interface FitNoteProps {
  readonly fit: BriefingFit;
  /** Asked for where it does not fit, and none is on record that covers it. */
  readonly reason: string;
  readonly wrong?: boolean;
  readonly onReason: (reason: string) => void;
}

/** PL29, PL30: what the plan says of the servers that run now, and the reason that it then takes. */
export function FitNote({ fit, reason, wrong = false, onReason }: FitNoteProps) {
  const { t, number } = useText(fitWords);
  const { verdict, short, reason: given } = fit;
  return (
    <>
      <div className={`note ${tones[verdict]}`} role="status" data-verdict={verdict}>
        <div>
          {said(fit, t, number)}
          {verdict === 'does-not-fit' && (
            <p className="small-text">
              {short.length === 0 ? t.none : t.short(short.map((means) => t.means[means]).join(', '))}
            </p>
          )}
          {given !== undefined && <p className="small-text">{t.given(given)}</p>}
        </div>
      </div>
      {verdict === 'does-not-fit' && given === undefined && (
        <div className="field">
          <label htmlFor="fit-why">{t.why}</label>
          <input
            id="fit-why"
            className="input"
            maxLength={500}
            autoComplete="off"
            aria-invalid={wrong || undefined}
            aria-describedby="fit-why-hint"
            value={reason}
            onChange={({ target }) => onReason(target.value)}
          />
          <p id="fit-why-hint" className="soft small-text">
            {t.whyHint}
          </p>
        </div>
      )}
    </>
  );
}

function said(fit: BriefingFit, t: FitWords, number: (value: number) => string): string {
  const [devices, carries, nodes] = [number(fit.devices), number(fit.carries), number(fit.nodes)];
  switch (fit.verdict) {
    case 'fits':
      return t.fits(devices, nodes);
    case 'no-spare':
      return fit.nodes === 1 ? t['only-one'](devices) : t['no-spare'](devices, nodes, number(fit.withoutLargest));
    case 'does-not-fit':
      return t['does-not-fit'](devices, carries, nodes, number(fit.missing));
    default:
      return t.unknown;
  }
}
