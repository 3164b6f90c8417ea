import { useId, useMemo, useState } from 'react';
import { within } from '../../api/contract.ts';
import { useText } from '../../i18n/useText.tsx';
import type { RosterView } from '../../organisation/rosterView.ts';
import { useChannel, useTools } from '../../session/BriefingContext.tsx';
import { stagesWords } from '../words/stages.vi.ts';

interface OpenStageForProps {
  readonly roster: RosterView | undefined;
  readonly disabled: boolean;
  readonly onOpen: (unit: string) => Promise<unknown>;
}

/** TR6: from above, for a unit of the next tier that has units itself; its officials find it open. */
export function OpenStageFor({ roster, disabled, onOpen }: OpenStageForProps) {
  const { t } = useText(stagesWords);
  const { path } = useTools().session.account.unit;
  const { briefing, floor } = useChannel();
  const [code, setCode] = useState('');
  const id = useId();
  const { stages } = floor;
  const offered = useMemo(() => {
    const units = [...(roster?.byCode.values() ?? [])];
    const parents = new Set(units.map((unit) => unit.path.slice(0, unit.path.lastIndexOf('.'))));
    return units.filter(
      (unit) =>
        unit.path.slice(0, unit.path.lastIndexOf('.')) === path &&
        parents.has(unit.path) &&
        briefing.scope.some((part) => within(unit.path, part) || within(part, unit.path)) &&
        !stages?.some((stage) => stage.path === unit.path),
    );
  }, [roster, path, briefing.scope, stages]);
  if (offered.length === 0) return null;
  return (
    <div className="stages-for">
      <label className="soft" htmlFor={id}>
        {t.openFor}
      </label>
      <div className="row">
        <select id={id} className="input grow" value={code} onChange={({ target }) => setCode(target.value)}>
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
          onClick={() => void onOpen(code).then(() => setCode(''))}
        >
          {t.openIt}
        </button>
      </div>
    </div>
  );
}
