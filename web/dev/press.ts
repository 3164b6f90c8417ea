const BOARD_MAP = ['.desk-button', '.issued-line', '.board-page .chip:nth-child(3) input'] as const;
/** The change of a figure, joined to presence. */
const FIGURE_CHANGE = [
  ...['.territory [role=tab][data-key=figures]', '.figure-cards li:nth-child(1) button'],
  ...['.figure-head .chips:nth-last-child(3) .chip:nth-child(3)', '.figure-head > .chip'],
];
const NUMBER_MAP = '.round-acts .button:nth-child(2)';
/** Of the desk. By name: which of them there are differs from page to page. */
const tool = (name: string): string => `.desk-bar [data-tool=${name}]`;
/** What a person has pressed in a scene, by its state: one control after the other. */
const presses: Readonly<Record<string, readonly string[]>> = {
  'question-write': ['.question-place > .button'],
  'question-answered': ['.question-answered summary'],
  upload: [tool('upload')],
  'upload-none': [tool('upload')],
  'upload-plan': [tool('upload'), '.figure-own-style input', 'input[type=file]:not(:disabled)'],
  'upload-half': [tool('upload'), '.figure-own-style input', 'input[type=file]:not(:disabled)'],
  'upload-done': [
    ...[tool('upload'), '.figure-own-style input', 'input[type=file]:not(:disabled)'],
    ...['.figure-own-record [name=reason]', '.figure-own-record .primary'],
  ],
  queue: ['.question-button'],
  'queue-one': ['.question-button', '.question-line'],
  'queue-many': ['.question-button', '.question-line', '.question-line:nth-child(2) input'],
  asked: ['.directive-card .button'],
  sheet: ['.directive-card .button'],
  answer: ['.directive-card .button', '.directive-sheet .acts .primary'],
  recorded: ['.directive-line'],
  recall: ['.directive-card .button'],
  'rollcall-sent': ['.answer input[type=radio]', '.answer .primary'],
  'rollcall-recorded': ['.answer input[type=radio]', '.answer .primary'],
  'rollcall-late-recorded': ['.answer input[type=radio]', '.answer .primary'],
  'rollcall-away': ['.answer-others .button', '.answerers label:last-of-type input'],
  'rollcall-confirm': ['.answer input[type=radio]', '.answer .primary'],
  'round-form': ['.round-panel .row .button'],
  'round-form-more': ['.round-panel .row .button', '.open-round summary', '.open-round .choice:nth-child(2) input'],
  'schedule-plan': [tool('schedule'), '.desk-head .primary'],
  schedule: [tool('schedule')],
  'schedule-none': [tool('schedule')],
  'schedule-wrong': [tool('schedule'), '.desk-head .primary', '.desk-acts .primary'],
  'schedule-change': [tool('schedule'), '.schedule-item .schedule-acts .button:nth-child(5)'],
  'schedule-cancel': [tool('schedule'), '.schedule-item .schedule-acts .button:nth-child(6)'],
  invite: [tool('schedule'), '.schedule-item .schedule-acts .button:nth-child(3)'],
  inviting: [tool('schedule'), '.schedule-item .schedule-acts .button:nth-child(3)', '.desk-acts .primary'],
  readiness: [tool('schedule'), '.schedule-item .schedule-acts .button:nth-child(2)'],
  'readiness-none': [tool('schedule'), '.schedule-item .schedule-acts .button:nth-child(2)'],
  screens: [tool('screens')],
  'figure-desk': ['.desk-button', tool('figures')],
  'figure-desk-reject': [...['.desk-button', tool('figures'), '.figure-desk-held .button:nth-child(2)']],
  'figure-desk-office': [tool('figures')],
  people: [tool('people')],
  unit: [tool('people'), '.people-line:nth-child(2)'],
  'unit-edit': [tool('people'), '.people-line:nth-child(2)', '.people-part .button'],
  link: [tool('people'), '.people-line:nth-child(2)', '.people-acts .button', '.sheet .acts .primary'],
  slips: [tool('people'), '.people-line:nth-child(2)', '.people-seats', '.sheet .acts .primary'],
  nodes: [tool('nodes')],
  'nodes-drain': [tool('nodes'), '.node-card .button'],
  open: ['.message-acts .button'],
  place: ['.place:nth-child(5)'],
  'rooms-wall': ['.stages-all'],
  wall: ['.round-acts .button'],
  'wall-due': ['.round-acts .button'],
  'wall-due-confirm': ['.round-acts .button', '.place:nth-child(5)', '.entries .chip:nth-child(2)'],
  'wall-place': ['.round-acts .button', '.place:nth-child(5)'],
  'wall-confirm': ['.round-acts .button', '.place:nth-child(5)'],
  'wall-enter': ['.round-acts .button', '.place:nth-child(5)', '.entry-line .quiet'],
  'round-number-map': [NUMBER_MAP],
  'round-number-coverage': [NUMBER_MAP, '.figure-head .chips:nth-last-child(2) .chip:nth-child(2)'],
  'round-number-table': [NUMBER_MAP, '.figure-head .chips:last-child .chip:nth-child(2)'],
  'round-number-place': [NUMBER_MAP, '.map-tile[data-key="75"]'],
  'round-number-unit': [NUMBER_MAP, '.map-tile[data-key="75"]', '.map-tile:nth-of-type(3)', '.map-tile:nth-of-type(2)'],
  figures: ['.territory [role=tab][data-key=figures]'],
  'figures-map': ['.territory [role=tab][data-key=figures]', '.figure-cards li:nth-child(2) button'],
  'figures-gallery': ['.territory [role=tab][data-key=figures]'],
  'figures-rate': ['.territory [role=tab][data-key=figures]', '.figure-cards li:nth-child(7) button'],
  'figures-ticking': ['.territory [role=tab][data-key=figures]', '.figure-cards li:nth-child(2) button'],
  'figures-plain': ['.territory [role=tab][data-key=figures]', '.figure-cards li:nth-child(1) button'],
  'figures-coverage': [
    ...['.territory [role=tab][data-key=figures]', '.figure-cards li:nth-child(1) button'],
    '.figure-head .chips:nth-last-child(3) .chip:nth-child(2)',
  ],
  'figures-change': [...FIGURE_CHANGE],
  'figures-change-table': [...FIGURE_CHANGE, '.figure-head .chips:last-child .chip:nth-child(2)'],
  'figures-change-place': [...FIGURE_CHANGE, '.map-tile[data-key="75"]'],
  'figures-table': [
    ...['.territory [role=tab][data-key=figures]', '.figure-cards li:nth-child(2) button'],
    '.figure-head .chips:last-child .chip:nth-child(2)',
  ],
  'figures-place': [
    ...['.territory [role=tab][data-key=figures]', '.figure-cards li:nth-child(2) button'],
    '.map-tile[data-key="75"]',
  ],
  'figures-unit': [
    ...['.territory [role=tab][data-key=figures]', '.figure-cards li:nth-child(2) button'],
    ...['.map-tile[data-key="75"]', '.map-tile:nth-of-type(3)', '.map-tile:nth-of-type(2)'],
  ],
  'figures-past': [
    ...['.territory [role=tab][data-key=figures]', '.figure-cards li:nth-child(3) button'],
    ...['.figure-head .button[aria-expanded]', '.past-line .icon:not(:disabled)', '.past-revised summary'],
  ],
  desk: ['.desk-button'],
  compose: ['.desk-button', '.compose-start'],
  composed: ['.desk-button', '.compose-start'],
  review: ['.desk-button', '.compose-start', '.desk-acts .primary:not(:disabled)'],
  board: ['.desk-button', '.issued-line'],
  'board-map': [...BOARD_MAP],
  'board-map-unit': [...BOARD_MAP, '.map-tile[data-key="79"]', '.map-tile:nth-of-type(3)', '.map-tile:nth-of-type(2)'],
  'board-place': ['.desk-button', '.issued-line', '.board tbody button'],
  questions: ['.desk-button', '.issued-line', '.board-page .chip:nth-child(2) input'],
  recalling: ['.desk-button', '.issued-line', '.board-acts .danger'],
  attendance: ['.desk-button', tool('attendance')],
  timeline: ['.desk-button', tool('attendance'), '.attendance tbody button'],
  correction: ['.desk-button', tool('attendance'), '.attendance tbody button', '.correct'],
  reports: ['.desk-button', tool('report'), '.report-format .button'],
  summary: ['.desk-button', tool('report'), '.report > .button'],
};

/** Presses each as soon as it is there. @throws when one does not come */
export async function press(state: string): Promise<void> {
  for (const selector of presses[state] ?? []) {
    const control = await appears(selector);
    if (control instanceof HTMLInputElement && control.type === 'file') choose(control);
    else if (control instanceof HTMLInputElement && control.name === 'reason') control.value = 'Theo báo cáo đã ký';
    else control.click();
    // The page draws what it did.
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

/** As from the dialog of the system. */
function choose(field: HTMLInputElement): void {
  const chosen = new DataTransfer();
  chosen.items.add(new File(['unit;period;beds-free'], 'giuong-benh-26-11.csv'));
  field.files = chosen.files;
  field.dispatchEvent(new Event('change', { bubbles: true }));
}

async function appears(selector: string): Promise<HTMLElement> {
  for (let tries = 0; tries < 400; tries++) {
    const found = document.querySelector<HTMLElement>(selector);
    if (found) return found;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`nothing to press at ${selector}`);
}
