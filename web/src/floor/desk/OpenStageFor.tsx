import { useState } from 'react';
import { useText } from '../../i18n/useText.tsx';
import type { RosterView } from '../../organisation/rosterView.ts';
import { useChannel } from '../../session/BriefingContext.tsx';
import { stagesWords } from '../words/stages.vi.ts';
import { useTierBelow } from './useTierBelow.ts';

interface OpenStageForProps {
  readonly roster: RosterView | undefined;
  readonly disabled: boolean;
  readonly onOpen: (unit: string, name: string) => Promise<unknown>;
}

/** TR6: from above, for a unit of the next tier that has units itself; its officials find it open. */
export function OpenStageFor({ roster, disabled, onOpen }: OpenStageForProps) {
  const { t } = useText(stagesWords);
  const { floor } = useChannel();
  const [code, setCode] = useState('');
  const [isOpen, setOpen] = useState(false);
  const tier = useTierBelow(roster);
  const offered = tier.filter((unit) => !floor.stages?.some((stage) => stage.path === unit.path));
  if (offered.length === 0) return null;
  return (
    <details className="folds stages-for" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{t.openFor}</summary>
      {isOpen && (
        <div className="row">
          <select
            className="input grow"
            aria-label={t.choose}
            value={code}
            onChange={({ target }) => setCode(target.value)}
          >
            <option value="">{t.choose}</option>
            {offered.map((unit) => (
              <option key={unit.code} value={unit.code}>
                {unit.name}
              </option>
            ))}
          </select>
          <button
            type="button"
            className="button small"
            disabled={disabled || code === ''}
            onClick={() =>
              void onOpen(code, offered.find((unit) => unit.code === code)?.name ?? '').then(() => setCode(''))
            }
          >
            {t.openIt}
          </button>
        </div>
      )}
    </details>
  );
}
