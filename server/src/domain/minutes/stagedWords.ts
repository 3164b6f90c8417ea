/** What stood before all, in writing. */
export interface WrittenFigure {
  /** The figure, and of which territory. */
  readonly of: string;
  readonly period: string;
  readonly value: string;
  /** Of how many units it is, or that it was announced. */
  readonly coverage: string;
  readonly at: string;
  readonly simulated: boolean;
  readonly sha256: string;
}

/** Of figures on the stage, in minutes. */
export interface StagedWords {
  readonly title: string;
  /** @param into of the briefing; undefined: it was not live, or nobody knows */
  readonly at: (clock: string, into: string | undefined) => string;
  readonly show: string;
  readonly clear: string;
  readonly unit: (name: string) => string;
  readonly period: (date: string) => string;
  readonly unknown: string;
  /** @param coverage `8.912/10.051` */
  readonly outOf: (coverage: string) => string;
  /** Its owner gives the value of each tier, so it is no sum. */
  readonly announced: string;
  /** FG128: what stands from a period before. @param end of that one */
  readonly announcedBefore: (end: string) => string;
  readonly unannounced: string;
  readonly seen: (facts: WrittenFigure) => string;
  readonly more: (n: string) => string;
}

export const stagedVi: StagedWords = {
  title: 'Số liệu trên sân khấu',
  at: (clock, into) => `${clock}${into ? ` (sau ${into} kể từ khi bắt đầu)` : ''}:`,
  show: 'đưa lên',
  clear: 'cất đi',
  unit: (name) => `chỉ vào ${name}.`,
  period: (date) => `chỉ vào kỳ từ ${date}.`,
  unknown: 'không còn bản lưu.',
  outOf: (coverage) => `từ ${coverage} đơn vị`,
  announced: 'số công bố',
  announcedBefore: (end) => `số công bố của kỳ trước, đến ${end}`,
  unannounced: 'chưa công bố cho kỳ này',
  seen: ({ of, period, value, coverage, at, simulated, sha256 }) =>
    `${of}${simulated ? ' (SỐ LIỆU MÔ PHỎNG)' : ''}, kỳ từ ${period}: ${value}, ${coverage}, biết đến ${at}. Bản lưu SHA-256: ${sha256}.`,
  more: (n) => `Còn ${n} lần nữa, có trong hồ sơ của phiên họp.`,
};

export const stagedEn: StagedWords = {
  title: 'Figures on the stage',
  at: (clock, into) => `${clock}${into ? ` (${into} into the briefing)` : ''}:`,
  show: 'shown',
  clear: 'cleared',
  unit: (name) => `pointed at ${name}.`,
  period: (date) => `pointed at the period from ${date}.`,
  unknown: 'nothing of it was kept.',
  outOf: (coverage) => `from ${coverage} units`,
  announced: 'as announced',
  announcedBefore: (end) => `as announced for an earlier period, up to ${end}`,
  unannounced: 'not announced for this period',
  seen: ({ of, period, value, coverage, at, simulated, sha256 }) =>
    `${of}${simulated ? ' (SIMULATED FIGURES)' : ''}, period from ${period}: ${value}, ${coverage}, as known at ${at}. Kept under SHA-256 ${sha256}.`,
  more: (n) => `${n} more times are in the record of the briefing.`,
};
