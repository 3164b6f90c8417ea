import { CircleCheck } from 'lucide-react';
import { useEffect, useRef } from 'react';
import type { BatchAnswer } from '../../../api/contract.ts';
import { useText } from '../../../i18n/useText.tsx';
import { useOffice } from '../../../session/OfficeContext.tsx';
import { saveJson } from '../../../ui/saveFile.ts';
import { ownerWords } from '../../words/owner.vi.ts';
import type { ChosenFile } from './ownerApi.ts';

interface UploadReceiptProps {
  readonly file: ChosenFile;
  readonly source: string;
  /** FG33: what is kept of it says so, too. */
  readonly simulated: boolean;
  readonly answer: BatchAnswer;
  readonly onNext: () => void;
}

/** FG5, FG83: what was recorded, when by the clock of the record, and under which seal the record will prove it. */
export function UploadReceipt({ file, source, simulated, answer, onNext }: UploadReceiptProps) {
  const { t: words, number, moment } = useText(ownerWords);
  const t = words.receipt;
  const { account } = useOffice().session;
  const { n, seal, at, accepted, held, unchanged, refused } = answer;
  const heading = useRef<HTMLParagraphElement>(null);
  // The button that recorded it is there no more.
  useEffect(() => heading.current?.focus(), []);
  const save = (): void => {
    const { name, style } = file;
    const by = { name: account.name, unit: account.unit.name };
    saveJson(`bien-nhan-${n}.json`, {
      source: file.source,
      ...(simulated && { simulated }),
      file: name,
      style,
      at,
      by,
      n,
      seal,
      accepted,
      held,
      unchanged,
      refused,
    });
  };
  const parts = [
    held > 0 && t.held(number(held)),
    unchanged > 0 && t.unchanged(number(unchanged)),
    refused > 0 && t.refused(number(refused)),
  ].filter((part) => part !== false);
  const lines: readonly (readonly [string, string])[] = [
    [words.upload.source, source],
    [t.file, file.name],
    ...(at === undefined ? [] : [[t.at, moment(at)] as const]),
    [t.by, `${account.name}, ${account.unit.name}`],
    ...(parts.length > 0 ? [[t.of, parts.join('; ')] as const] : []),
    ...(n === null ? [] : [[t.place, number(n)] as const]),
  ];
  return (
    <div className="figure-own-receipt" role="status">
      <p ref={heading} tabIndex={-1} className="figure-own-receipt-head">
        {n !== null && <CircleCheck size={28} className="good" aria-hidden />}
        <strong>{n === null ? t.nothing : t.title(number(accepted))}</strong>
      </p>
      <dl>
        {lines.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
        {seal && (
          <div>
            <dt>{t.seal}</dt>
            <dd>
              <code>{seal}</code>
            </dd>
          </div>
        )}
      </dl>
      <div className="figure-own-acts">
        {n !== null && (
          <button type="button" className="button primary" onClick={save}>
            {t.save}
          </button>
        )}
        <button type="button" className="button" onClick={onNext}>
          {t.next}
        </button>
      </div>
    </div>
  );
}
