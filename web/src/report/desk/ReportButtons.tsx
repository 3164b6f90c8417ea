import { Download, FileSpreadsheet, FileText } from 'lucide-react';
import { useMemo } from 'react';
import type { AskReport } from '../../api/contract.ts';
import { useText } from '../../i18n/useText.tsx';
import { sentence } from '../../session/sentence.ts';
import { problemWords } from '../../session/words/problem.vi.ts';
import { useToasts } from '../../ui/Toasts.tsx';
import { type ReportWords, reportWords } from '../words/report.vi.ts';
import { type Making, useReport } from './useReport.ts';
import './report.css';

type About = AskReport['about'];

const nameOf = ({ kinds, parts }: ReportWords, about: About): string =>
  about.kind === 'session' ? parts[about.part] : kinds[about.kind];
const bodyOf = ({ bodies, partBodies }: ReportWords, about: About): string =>
  about.kind === 'session' ? partBodies[about.part] : bodies[about.kind];

/** One report in both formats, with how far each is. */
export function ReportButtons({ about }: { about: About }) {
  const { t: d } = useText(reportWords);
  // The same thing asked for by another object is the same.
  const key = JSON.stringify(about);
  const stable = useMemo(() => JSON.parse(key) as About, [key]);
  return (
    <section className="report" aria-label={nameOf(d, about)}>
      <div className="grow">
        <strong>{nameOf(d, about)}</strong>
        <p className="soft small-text">{bodyOf(d, about)}</p>
      </div>
      {(['xlsx', 'csv'] as const).map((format) => (
        <OneFormat key={format} about={stable} format={format} />
      ))}
    </section>
  );
}

function OneFormat({ about, format }: { about: About; format: AskReport['format'] }) {
  const { t: d } = useText(reportWords);
  const { t } = useText(problemWords);
  const { tell } = useToasts();
  const { making, make, save } = useReport(about, format);
  const ready = making.kind === 'ready' ? making.report : undefined;
  const busy = making.kind === 'asking' || making.kind === 'making';
  const Icon = ready ? Download : format === 'xlsx' ? FileSpreadsheet : FileText;
  const press = (): void => {
    if (!ready) void make();
    else save(ready).catch((error) => tell({ text: sentence(error, t), tone: 'bad' }));
  };
  return (
    <div className="report-format">
      <button
        type="button"
        className="button"
        disabled={busy}
        aria-label={ready ? d.download(ready.fileName) : d.make(nameOf(d, about), d.formats[format])}
        onClick={press}
      >
        <Icon size={18} aria-hidden />
        {d.formats[format]}
      </button>
      <State making={making} />
    </div>
  );
}

/** How far it is, in words and as a bar. */
function State({ making }: { making: Making }) {
  const { t: d } = useText(reportWords);
  const { t, number } = useText(problemWords);
  return (
    <span className="report-state num" role="status">
      {making.kind === 'asking' && d.waiting}
      {making.kind === 'making' && (
        <>
          <progress
            max={making.report.total ?? undefined}
            value={making.report.total ? making.report.rows : undefined}
          />
          {making.report.state === 'waiting'
            ? d.waiting
            : making.report.total
              ? d.running(number(making.report.rows), number(making.report.total))
              : d.runningOnly(number(making.report.rows))}
        </>
      )}
      {making.kind === 'ready' && d.ready(number(making.report.rows))}
      {making.kind === 'failed' && (
        <span className="problem">{making.error === undefined ? d.failed : sentence(making.error, t)}</span>
      )}
    </span>
  );
}
