/** What stood before all, in writing. */
export interface WrittenFigure {
  /** The figure, and of which territory. */
  readonly of: string;
  readonly period: string;
  readonly value: string;
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
  seen: ({ of, period, value, coverage, at, simulated, sha256 }) =>
    `${of}${simulated ? ' (SỐ LIỆU MÔ PHỎNG)' : ''}, kỳ từ ${period}: ${value}, từ ${coverage} đơn vị, biết đến ${at}. Bản lưu SHA-256: ${sha256}.`,
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
  seen: ({ of, period, value, coverage, at, simulated, sha256 }) =>
    `${of}${simulated ? ' (SIMULATED FIGURES)' : ''}, period from ${period}: ${value}, from ${coverage} units, as known at ${at}. Kept under SHA-256 ${sha256}.`,
  more: (n) => `${n} more times are in the record of the briefing.`,
};
