/** Of written questions, in minutes. */
export interface QuestionWords {
  readonly title: string;
  readonly none: string;
  readonly counts: (asked: string, air: string, written: string, declined: string, open: string) => string;
  readonly nr: (nr: string) => string;
  readonly asked: (who: string, clock: string, text: string, others: string | undefined) => string;
  readonly air: string;
  readonly airAt: (clock: string, by: string) => string;
  readonly written: string;
  readonly writtenBy: (by: string, date: string) => string;
  readonly more: (n: string) => string;
}

export const questionsVi: QuestionWords = {
  title: 'Câu hỏi bằng văn bản',
  none: 'Không có câu hỏi bằng văn bản.',
  counts: (asked, air, written, declined, open) =>
    `Các đơn vị gửi ${asked} câu hỏi: trả lời trực tiếp ${air}, chỉ bằng văn bản ${written}, không đưa ra ${declined}, chưa trả lời ${open}. Câu được ghép với câu khác tính theo câu đó.`,
  nr: (nr) => `Câu ${nr}:`,
  asked: (who, clock, text, others) =>
    `${who}, gửi lúc ${clock}${others ? ` (thêm ${others} câu cùng nội dung)` : ''}: “${text}”`,
  air: 'Trả lời trực tiếp:',
  airAt: (clock, by) => `bắt đầu lúc ${clock} (${by} ghi).`,
  written: 'Trả lời bằng văn bản:',
  writtenBy: (by, date) => `(${by}, ${date})`,
  more: (n) => `Còn ${n} câu đã trả lời nữa, có trong hồ sơ của phiên họp.`,
};

export const questionsEn: QuestionWords = {
  title: 'Written questions',
  none: 'No question was asked in writing.',
  counts: (asked, air, written, declined, open) =>
    `Questions from units: ${asked}. Answered on air ${air}, in writing alone ${written}, not brought up ${declined}, not answered ${open}. A question that was joined with another counts as that one does.`,
  nr: (nr) => `Question ${nr}:`,
  asked: (who, clock, text, others) =>
    `${who}, sent at ${clock}${others ? ` (${others} more on the same matter)` : ''}: “${text}”`,
  air: 'Answered on air:',
  airAt: (clock, by) => `from ${clock} (noted by ${by}).`,
  written: 'Answered in writing:',
  writtenBy: (by, date) => `(${by}, ${date})`,
  more: (n) => `${n} more answered questions are in the record of the briefing.`,
};
