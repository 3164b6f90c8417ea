/**
 * What the wire refuses by its form (`bad-request`, `too-large`, `rate-limited`), whoever asks. Texts are counted in
 * UTF-16 units. How long calls and rounds take is in `callTimes.ts` and `roundTimes.ts`, what the order channel takes in
 * `channelLimits.ts`. What an operator may tune is in `config.ts` and `sfu-config`, what a rule of a slice fixes in
 * `domain/SLICE/limits.ts`.
 */

/** Of a briefing or a directive. */
export const LONGEST_TITLE: number = 200;
/** Of people, accounts, units and files. */
export const LONGEST_NAME: number = 200;
/** PS1: what a plate on the stage has room for. */
export const LONGEST_PERSON: number = 60;
export const LONGEST_PERSON_TITLE: number = 100;
/** Why somebody refuses a call, is removed, or is excused; the question of a round. */
export const LONGEST_REMARK: number = 300;
/** Why attendance is corrected. */
export const LONGEST_REASON: number = 500;
/** What an addressee says of a directive, and what it is asked and told. */
export const LONGEST_WORDS: number = 2_000;
/** QU2: what a commune writes in a minute, and a moderator reads at one look. */
export const LONGEST_QUESTION: number = 500;
/** QU7: questions that an official decides on with one press. */
export const MOST_DECIDED: number = 100;
/** Of a directive. */
export const LONGEST_TEXT: number = 20_000;
export const LONGEST_TELEPHONE: number = 30;
export const LONGEST_LOGIN: number = 100;
export const LONGEST_PASSWORD: number = 200;
export const LONGEST_LIST_NAME: number = 100;
export const LONGEST_TIER: number = 50;
export const LONGEST_IDENTITY: number = 200;
export const LONGEST_SEARCH: number = 80;

/** PL10: addresses at which a page reached nobody; a country takes a dozen nodes. */
export const MOST_SILENT_NODES: number = 8;

/** BR7: with all texts at their longest it is 12 kB, told to each device once; usually one. */
export const MOST_AGENDA_ITEMS: number = 30;
export const AGENDA_MINUTES = { least: 1, most: 600 } as const;
/** BR10: every unit of the country, and some; within a request's size. */
export const MOST_CELLS: number = 12_000;
export const LONGEST_CELL: number = 64;
/** BR8 */
export const MOST_PRODUCERS: number = 20;
/** What stands on a card in place of pictures. */
export const LONGEST_CARD: number = 200;
/** PN1: pictures of a gallery, at most. */
export const GALLERY_SIZES: readonly [4, 9, 16] = [4, 9, 16];

/** Subtrees in a scope, a list or an addressing. */
export const MOST_SUBTREES: number = 500;
/** CT1: of a unit, who can be rung. */
export const MOST_PEOPLE: number = 6;
/** IM4: a roster of 11,000 units with six people each takes 6 MB as CSV. */
export const ROSTER_BYTES: number = 16 * 1024 * 1024;
/** IM1: of a difference, or of errors, on one page. */
export const ROSTER_STEPS: number = 500;
/** DR23 */
export const MOST_ATTACHMENTS: number = 10;
export const ATTACHMENT_BYTES: number = 10 * 1024 * 1024;

/** RS2: receipts in one request. Those with the longest words, all in characters of three bytes, stay below `BODY_BYTES`. */
export const MOST_RESUBMITTED: number = 10;

/** AU22: places of receipts in one request; a page that keeps 500 asks five times. */
export const MOST_COMPARED: number = 100;

/** SL2, SL3: of a deck of slides; one picture of a page, and its longer side. */
export const MOST_PAGES: number = 200;
export const SLIDE_BYTES: number = 2 * 1024 * 1024;
export const SLIDE_PIXELS: number = 4096;
export const LONGEST_PAGE_TEXT: number = 4_000;
/** SH5: of a shared screen, what a line of 300 kbit/s has within six seconds. */
export const STILL_BYTES: number = 200 * 1024;
/** TR15: of a small picture of a stage: 63 of them every five seconds take less than one picture of 720p. */
export const LOOK_BYTES: number = 10 * 1024;
/** TR15: its longer side. */
export const LOOK_PIXELS: number = 640;
/** SL10: of a pointer, a second; an account has acts left for everything else (CH5). */
export const POINTS_PER_SECOND: number = 3;

export const LONGEST_SCREEN_NAME: number = 60;
/** SN3: a screen stays paired no longer: the working day of whoever paired it, and the evening after it. */
export const LONGEST_PAIRED_HOURS: number = 24;

/** Of what a row of figures says in one column, and of the unit in which an indicator is told. */
export const LONGEST_FIGURE: number = 64;
export const LONGEST_FIGURE_UNIT: number = 40;
/** Errors of a batch that are told one by one; the rest are counted. */
export const MOST_BATCH_ERRORS: number = 1_000;
/** FG5: of one batch, rows (a country of 11,000 units sends four figures at once); bytes as they come, and when they are unpacked. */
export const BATCH_ROWS: number = 50_000;
export const BATCH_BYTES: number = 8 * 1024 * 1024;
export const BATCH_UNPACKED_BYTES: number = 64 * 1024 * 1024;
/** FG42: batches of one source, sixty a minute. */
export const BATCHES = { perSecond: 1, burst: 60 } as const;
/** FG186: reads of one key. */
export const READS = { perSecond: 1, burst: 60 } as const;
/** FG185: longest that a key reads, so that one that is forgotten ends. */
export const READER_DAYS: number = 400;
/** FG191: periods of one series, and rows of one answer. */
export const MOST_READ_PERIODS: number = 28;
export const MOST_READ_ROWS: number = 20_000;
/** FG71: values of one entry of a unit; entries of one account, a dozen at once and then five a minute. */
export const MOST_ENTERED: number = 60;
export const FORM_ENTRIES = { perSecond: 1 / 12, burst: 12 } as const;
/** FG14: values that one act is on; of a batch that is held it may be more. */
export const MOST_ACTED: number = 250;
/** FG13, FG14: late units, and held values, that are told by name. */
export const MOST_BEHIND: number = 200;
export const MOST_HELD: number = 200;
/** Values before those of a page: more than a country has of them. */
export const MOST_SKIPPED: number = 1_000_000;
/** FG74: changed values that a plan of an upload names. */
export const MOST_MOVES: number = 100;
/** FG24: units that ride along with a notice of figures. */
export const MOST_CHANGED: number = 250;

/** FG96: units that crossed a border, told at once; the newest. */
export const MOST_CROSSED: number = 64;
/** FG97: the part of its units that have to have said both values, so that a unit above has a change. */
export const CHANGE_NEEDS = 0.5;
/** Borders of a map as they are sent, in bytes. */
export const BORDERS_LARGEST = 300_000;
/** FG38: indicators that one steward answers for. */
export const MOST_LISTED: number = 100;

/** FG90: units that a definition names as those that report. */
export const MOST_REPORTERS: number = 2000;
/** FG39: batches, open values and stagings that whoever answers for figures is told at once. */
export const MOST_OWNED: number = 200;
/** FG24: cards that somebody watches. */
export const MOST_WATCHED: number = 8;

/** FG75: figures that stand on the stage beside the one that is drawn. */
export const MOST_BESIDE: number = 3;
/** FG108: units by name that are asked for at first, some three kilobytes packed, and at once at most. */
export const STAGED_PIECE: { readonly first: number; readonly most: number } = { first: 400, most: 12_800 };
/** FG121: characters of a ground that a page asks for first, and at most. */
export const GROUND_PIECE: { readonly first: number; readonly most: number } = { first: 16_384, most: 524_288 };

/** FG81, FG82: stops of one look into the past, and values that were revised since. */
export const MOST_STOPS: number = 400;
export const MOST_REVISED: number = 200;

/** Rows of one page of a list. */
export const MOST_ROWS: number = 500;
export const USUAL_ROWS: number = 100;
/** Rounds of a unit on one page, at most and usually: each has its receipts. */
export const ANSWERS_SHOWN: number = 20;
/** Hits of one search. */
export const MOST_HITS: number = 50;
export const USUAL_HITS: number = 20;

/** SC16: calls of a briefing on one page, and missed calls of a unit. */
export const CALLS_SHOWN: number = 200;
export const MISSED_SHOWN: number = 5;
/**
 * FL4: hands that are up on one stage, and on all of a briefing. Each act on the floor reads and tells all of them, so that
 * ten thousand would hold up every other; nobody lets three hundred speak.
 */
export const MOST_HANDS = { onStage: 300, inAll: 1_000 } as const;
/** FN8: places in the queue that are told; a change of the queue is told to no more units than that. */
export const PLACES_TOLD: number = 20;

/**
 * HT6: of a request, without those that carry a file. The longest text that a route takes, with a list of units, all in
 * characters of three bytes.
 */
export const BODY_BYTES: number = 128 * 1024;
/** HT14: of a body that is read before it is known that its sender's role may do this anywhere. */
export const UNGATED_BODY_BYTES: number = 16 * 1024;
/**
 * HT15: bytes of bodies that a node holds at one moment. `strangers` sign in, by some 300 bytes each: 700 communes behind
 * one address send 210 kB in the same second. `acts` are JSON of those who are signed in, some 500 bytes from each of 10,056
 * units; the longest has BODY_BYTES. `files` are a batch of figures with what is unpacked of it (8 and 64 MB), or four
 * attachments of 10 MB; a ministry with two batches and ten attachments behind one address stays below.
 */
export const BODIES_IN_FLIGHT = {
  strangers: { owner: 0, address: 4 * 1024 * 1024, all: 32 * 1024 * 1024 },
  acts: { owner: 2 * 1024 * 1024, address: 32 * 1024 * 1024, all: 64 * 1024 * 1024 },
  files: { owner: 80 * 1024 * 1024, address: 256 * 1024 * 1024, all: 384 * 1024 * 1024 },
  /** RoomService: calls of one key have BODY_BYTES of a mebibyte at most. */
  programs: { owner: 16 * 1024 * 1024, address: 32 * 1024 * 1024, all: 32 * 1024 * 1024 },
} as const;
/**
 * CH13, JN1: connections of one account to the order channel, and of one identity to a media room. A page that is cut
 * off tries again after a quarter of a second at first, on average, and on a poor line (round trips of 150 ms) each
 * connection takes five round trips more: one a second. So a line that breaks each time that it is there comes back
 * without a pause, and one that breaks twice as often does so for half a minute. It is counted by whom, so 700 communes
 * behind one address share nothing: each of them comes with one connection of each kind for each of its devices.
 */
export const CONNECTS = { perSecond: 1, burst: 30 } as const;
/**
 * HT11: of the probe that measures a line. A fast line is measured with 880 kB, a slow one with 80 kB. A session has
 * eleven of them at once, and one more every minute and a half. The node's 2 GB at once are 2,270 devices in the same
 * moment, where a province that comes back after a power cut has 700; 20 MB a second are 1,360 devices a minute, so the
 * 10,056 units of the country within seven and a half.
 */
export const LINE_BYTES = {
  most: 512 * 1024,
  least: 1_000,
  session: { perSecond: 10_000, burst: 10_000_000 },
  node: { perSecond: 20_000_000, burst: 2_000_000_000 },
} as const;
/**
 * RY4: of device checks that one account tells, of its devices together. A check tells what it found when that changes,
 * a handful of times; three devices of a unit that are tried again and again stay below.
 */
export const CHECKS = { perSecond: 0.2, burst: 30 } as const;
