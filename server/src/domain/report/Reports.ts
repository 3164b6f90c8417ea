import { vietNamTime } from '../../lib/vietNamTime.ts';
import { type Briefing, isRehearsal } from '../../protocol/briefing.ts';
import { refuse } from '../../protocol/errors.ts';
import type { Account } from '../../protocol/organisation.ts';
import type { AskReport, Report } from '../../protocol/report.ts';
import { at, demand } from '../shared/rights.ts';
import { decideOrder } from './orders.ts';
import type { ReportStore, StoredReport } from './ports.ts';
import type { SessionReports } from './SessionReports.ts';
import { fileOfTable, wordsIn } from './words.ts';

/** A file that is ready. */
export interface ReportFile {
  readonly name: string;
  readonly type: string;
  readonly size: number;
  readonly bytes: AsyncIterable<Buffer>;
}

export const reportTypes = {
  csv: 'text/csv; charset=utf-8; header=present',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
} as const;

export interface ReportsParts {
  readonly store: ReportStore;
  /** May they see it? @throws DomainError `not-found`, `outside-territory` */
  readonly readBriefing: (account: Account, id: string) => Promise<Briefing>;
  readonly readDirective: (account: Account, id: string) => Promise<unknown>;
  /** TR18 */
  readonly sessions: Pick<SessionReports, 'find'>;
  /** A report waits to be made. */
  readonly ordered: (id: string) => void;
}

/** Reports as officials ask for them, look how far they are, and take them. */
export class Reports {
  readonly #o: ReportsParts;

  constructor(parts: ReportsParts) {
    this.#o = parts;
  }

  /** RP1. @throws DomainError `forbidden`, `not-found`, `outside-territory`, `busy` */
  async ask(account: Account, ask: AskReport): Promise<Report> {
    const territory = account.unit.path;
    demand(account, 'report.make', at(territory));
    if (ask.about.kind === 'directive') await this.#o.readDirective(account, ask.about.directive);
    else await this.#o.readBriefing(account, ask.about.briefing);
    if (ask.about.kind === 'session') await this.#o.sessions.find(ask.about.briefing, ask.about.unit, territory);
    const wanted = { ...ask, account: account.id, territory, fileName: nameOf(account, ask) };
    const report = await this.#o.store.create(wanted, decideOrder);
    this.#o.ordered(report.id);
    return report;
  }

  /** RP3. @throws DomainError `not-found`, `forbidden`, `outside-territory` */
  async read(account: Account, id: string): Promise<Report> {
    return (await this.#find(account, id)).report;
  }

  /** RP4. @throws DomainError `not-found`, `forbidden`, `outside-territory`, `conflict` when it is not ready */
  async file(account: Account, id: string): Promise<ReportFile> {
    const { order, report, size } = await this.#find(account, id);
    if (report.state !== 'ready' || size === null) throw refuse('conflict', 'the report is not ready');
    return { name: order.fileName, type: reportTypes[order.format], size, bytes: this.#parts(id, size) };
  }

  async #find(account: Account, id: string): Promise<StoredReport> {
    const stored = await this.#o.store.find(id);
    if (!stored) throw refuse('not-found', 'there is no such report, or no longer');
    demand(account, 'report.make', at(stored.order.territory));
    return stored;
  }

  async *#parts(id: string, size: number): AsyncGenerator<Buffer> {
    let read = 0;
    for (let nr = 0; read < size; nr++) {
      const part = await this.#o.store.part(id, nr);
      if (!part) throw refuse('not-found', 'the report is there no longer');
      read += part.length;
      yield part;
    }
  }
}

/** `tham-du-79-2026-09-02-0730.xlsx`: what, of which territory or session, when. */
function nameOf({ unit }: Account, { about, format, language }: AskReport): string {
  const [day = '', clock = ''] = vietNamTime(new Date().toISOString()).split(' ');
  const words = wordsIn[language];
  const tried = 'briefing' in about && isRehearsal(about.briefing) ? words.rehearsal.file : '';
  const whose = about.kind === 'session' ? about.unit : unit.code;
  return `${tried}${fileOfTable(words, about)}-${whose}-${day}-${clock.slice(0, 5).replace(':', '')}.${format}`;
}
