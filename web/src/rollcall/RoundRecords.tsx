import { Download } from 'lucide-react';
import { useCallback, useState } from 'react';
import type { AskedNumber, Entry, OwnAnswers, Receipt, RoundHistory } from '../api/contract.ts';
import { useText } from '../i18n/useText.tsx';
import { useOffice } from '../session/OfficeContext.tsx';
import { sentence } from '../session/sentence.ts';
import { problemWords } from '../session/words/problem.vi.ts';
import { saveJson } from '../ui/saveFile.ts';
import { usePolled } from '../ui/usePolled.ts';
import { uiWords } from '../ui/words/ui.vi.ts';
import { answersApi } from './answersApi.ts';
import { rollcallWords } from './words/rollcall.vi.ts';
import './roundRecords.css';

interface RecordsOf {
  readonly round: string;
  readonly unit: string;
  /** As it stands, if that is known. */
  readonly entry: Entry | undefined;
  readonly asked: AskedNumber | undefined;
}

/** What is on record of one unit in a round, read when it is opened, and again when its entry has changed. */
export function RoundRecords({ open = false, ...of }: RecordsOf & { open?: boolean }) {
  const { t } = useText(rollcallWords);
  const [wanted, setWanted] = useState(open);
  return (
    <details className="round-records folds" open={open} onToggle={(event) => setWanted(event.currentTarget.open)}>
      <summary>{t.records}</summary>
      {wanted && <History {...of} />}
    </details>
  );
}

function History({ round, unit, entry, asked }: RecordsOf) {
  const { t: ui } = useText(uiWords);
  const { t: problems } = useText(problemWords);
  const { api } = useOffice();
  const stands = entry && `${entry.state} ${entry.at} ${entry.own?.nr} ${entry.unconfirmed} ${entry.number?.value}`;
  // biome-ignore lint/correctness/useExhaustiveDependencies: an entry that stands otherwise has more on record
  const load = useCallback(() => answersApi.history(api, round, unit), [api, round, unit, stands]);
  const { value, error } = usePolled(load);
  if (!value) return <p className="soft">{error === undefined ? ui.loading : sentence(error, problems)}</p>;
  return (
    <>
      <Records {...{ unit, asked }} records={value.records} />
      <Refused refused={value.refused} />
    </>
  );
}

interface RecordsProps {
  readonly records: RoundHistory['records'];
  readonly unit: string;
  /** The number that the round asked for. */
  readonly asked: AskedNumber | undefined;
}

/** Oldest first, each with its receipts as far as they are the reader's. */
export function Records({ records, unit, asked }: RecordsProps) {
  const { t, day, moment, steps } = useText(rollcallWords);
  return (
    <ol>
      {records.map(({ kind, at, by, answerer, name, note, number: said, resubmittedAt, receipt }) => (
        <li key={`${kind} ${at}`}>
          <span className="grow">
            <strong>{t.record[kind]}</strong>{' '}
            <span className="soft num">
              {[
                moment(at),
                by,
                answerer && t.answerer[answerer],
                name,
                said && asked && `${steps(said.value, asked.scale)} ${asked.unit}`,
                note,
                resubmittedAt && t.resubmitted(day(resubmittedAt)),
              ]
                .filter(Boolean)
                .join(' · ')}
            </span>
          </span>
          {receipt && <ReceiptButton of={t.record[kind]} {...{ receipt, unit }} />}
          {said?.receipt && asked && <ReceiptButton of={asked.label} receipt={said.receipt} unit={unit} />}
        </li>
      ))}
    </ol>
  );
}

function ReceiptButton({ of, receipt, unit }: { of: string; receipt: Receipt; unit: string }) {
  const { t } = useText(rollcallWords);
  return (
    <button
      type="button"
      className="button quiet icon"
      aria-label={t.receiptOf(of)}
      title={t.download}
      onClick={() => saveJson(`bien-nhan-diem-danh-${unit}-${receipt.seal}-${receipt.leaf}.json`, receipt)}
    >
      <Download size={18} aria-hidden />
    </button>
  );
}

/** Attempts that are not on record: when, from where, why (RC22). */
export function Refused({ refused }: { refused: OwnAnswers['refused'] }) {
  const { t, moment, number } = useText(rollcallWords);
  const { t: problems } = useText(problemWords);
  if (refused.length === 0) return null;
  return (
    <>
      <h4>{t.refusedAttempts}</h4>
      <ol>
        {refused.map(({ round, reason, at, times, by, device, address }) => (
          <li key={`${round} ${at} ${reason}`}>
            <span className="grow">
              <strong>{problems.reason[reason]}</strong>{' '}
              <span className="soft num">
                {[moment(at), times > 1 && t.refusedTimes(number(times)), by, t.fromDevice(device, address)]
                  .filter(Boolean)
                  .join(' · ')}
              </span>
            </span>
          </li>
        ))}
      </ol>
    </>
  );
}
