import { type Answerer, answererSchema, type Proof, proofSchema } from '../../api/contract.ts';
import { useText } from '../../i18n/useText.tsx';
import type { RosterView } from '../../organisation/rosterView.ts';
import { rollcallDeskWords } from '../words/desk.vi.ts';
import { rollcallWords } from '../words/rollcall.vi.ts';
import type { Rules } from './OpenRoundSheet.tsx';
import { lowestTier } from './scope.ts';
import { useLength } from './useLength.ts';

const REPROMPT_S = [15, 30, 60, 120] as const;
const USUAL_PERCENT = 90;

interface RoundRulesProps {
  readonly roster: RosterView | undefined;
  readonly rules: Rules;
  readonly onChange: (rules: Rules) => void;
}

/** Reminders, who may answer, the proof, the quorum: folded, since the usual is right most days. */
export function RoundRules({ roster, rules, onChange }: RoundRulesProps) {
  const { t, language } = useText(rollcallWords);
  const { t: r } = useText(rollcallDeskWords);
  const length = useLength();
  const set = (more: Partial<Rules>): void => onChange({ ...rules, ...more });
  const tiers = (roster?.tiers ?? []).filter(({ id }) => roster && id !== lowestTier(roster));
  const percent = rules.quorum?.percent ?? USUAL_PERCENT;
  return (
    <details className="round-rules folds">
      <summary>{r.options}</summary>
      <div className="stack">
        <div className="field">
          <label htmlFor="reprompt">{r.reprompt}</label>
          <select
            id="reprompt"
            className="input"
            value={rules.repromptSeconds ?? ''}
            onChange={(event) => set({ repromptSeconds: event.target.value ? Number(event.target.value) : null })}
          >
            {REPROMPT_S.map((seconds) => (
              <option key={seconds} value={seconds}>
                {r.repromptEvery(length(seconds))}
              </option>
            ))}
            <option value="">{r.repromptNever}</option>
          </select>
        </div>
        <fieldset>
          <legend className="label">{r.answerers}</legend>
          <div className="choices">
            {answererSchema.options.map((one) => (
              <label key={one} className="choice">
                <input
                  type="checkbox"
                  checked={rules.answerers.includes(one)}
                  onChange={(event) => set({ answerers: toggled(one, event.target.checked) })}
                />
                {t.answerer[one]}
              </label>
            ))}
          </div>
        </fieldset>
        <fieldset>
          <legend className="label">{r.proof}</legend>
          {proofSchema.options.map((one: Proof) => (
            <label key={one} className="choice">
              <input type="radio" name="proof" checked={rules.proof === one} onChange={() => set({ proof: one })} />
              {r.proofs[one]}
            </label>
          ))}
        </fieldset>
        <div className="row quorum-row">
          <div className="field grow">
            <label htmlFor="quorum-tier">{r.quorum}</label>
            <select
              id="quorum-tier"
              className="input"
              value={rules.quorum?.tier ?? ''}
              onChange={({ target }) => set({ quorum: target.value ? { tier: target.value, percent } : null })}
            >
              <option value="">{r.quorumNone}</option>
              {tiers.map(({ id, rank, name, nameEn }) => (
                <option key={id} value={id}>
                  {r.quorumRule(percent, (language === 'en' ? nameEn : name).toLowerCase(), rank === 0)}
                </option>
              ))}
            </select>
          </div>
          {rules.quorum && (
            <div className="field">
              <label htmlFor="quorum-percent">{r.quorumPercent}</label>
              <input
                id="quorum-percent"
                type="number"
                className="input"
                min={1}
                max={100}
                required
                value={percent}
                onChange={({ target }) =>
                  rules.quorum && set({ quorum: { ...rules.quorum, percent: Number(target.value) } })
                }
              />
            </div>
          )}
        </div>
      </div>
    </details>
  );

  function toggled(one: Answerer, on: boolean): Answerer[] {
    return answererSchema.options.filter((other) => (other === one ? on : rules.answerers.includes(other)));
  }
}
