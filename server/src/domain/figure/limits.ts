import { ASKED_PREFIX } from '../../protocol/figureDefinition.ts';

/** What the rules of live figures fix in numbers. */

/** FG15: a batch is held whole when more than this share of it would be; one of a few rows is looked at row by row. */
export const SUSPICIOUS = { share: 0.3, least: 20 } as const;
/** FG14, FG16: how long what is held or contested, and nobody decides on or answers, is among what waits. */
export const HELD_SHOWN_DAYS = 90;
/** FG13: how often it is looked which sources are silent, for who watches the machines. */
export const SILENCE_LOOK_MS = 60_000;
/** FG13, FG39: looks of one account at all that it answers for: each goes through all figures, units and batches. */
export const DESK_LOOKS = { perSecond: 0.5, burst: 20 } as const;
/** FG15: periods of which the first batches are compared, and of how many of them something is known at least. */
export const GONE = { periods: 7, least: 3 } as const;
/**
 * FG14: what is usual for a unit: over so many periods, of which it has had a value in so many; how many spreads from it are
 * unusual, and how often it is looked whether a new period has begun.
 */
export const USUAL = { periods: 28, least: 8, spreads: 6, lookMs: 60_000 } as const;
/** A clock of a platform goes before that of PostgreSQL by no more than that. */
export const FIGURES_AHEAD_MS = 5 * 60_000;
/** FG14: periods before one in which the last value is looked for, with which it is compared. */
export const FORMER_PERIODS = 7;
/** FG10: periods that a card shows. */
export const PERIODS_SHOWN = 28;
/** FG11: periods that a board keeps whole, at most: as many as a value may be old and count. */
export const SHEETS_KEPT = 12;
/** FG212: periods of one figure that a node keeps in memory at most: that many older ones, that many that are coming, and the one before. */
export const MOST_PERIODS_KEPT = 2 * SHEETS_KEPT + 1;
/** FG96: what crossed a border, of one figure: kept by a node for whoever opens their page. */
export const CROSSINGS_KEPT = 256;
/** Frames that a node keeps written. */
export const FRAMES_KEPT = 32;
/** FG46: frames that are not written yet, of one account; those that are read from the record, of a node. */
export const FRAMES_OF_ONE = { perSecond: 2, burst: 60 } as const;
export const FRAMES_READ = { atOnce: 2, waiting: 32, retryAfterSeconds: 2 } as const;
/**
 * FG51: of how many rows a period has a frame, how old one is before the next, how often it is looked whether any is wanting;
 * how many of them are made in one look, and are known to be wanting. FG211: up to how many rows a period has frames between these, and
 * how many of them are made at once.
 */
export const KEPT = {
  leastRows: 1_000,
  everyMs: 3_600_000,
  lookMs: 60_000,
  atOnce: 200,
  wanted: 5_000,
  againRows: 400_000,
  cuts: 32,
} as const;
/** FG36: how long rows stay in their table, after the end of their month: of what comes hourly, daily, and more rarely. */
export const ROWS_KEPT = { hour: { days: 90 }, day: { months: 25 }, rest: { months: 60 } } as const;
/** FG36: a month of which something is held, or was decided, so lately does not leave: it is still among what waits, or is told. */
export const ARCHIVE_WAITS_DAYS = 90;
/** FG111: rows of figures that were recorded so lately are read by each verification. */
export const VERIFIED_DAYS = 35;
/** FG65: of one account: each may write all units of the country by name. */
export const STAGE_SHOWS = { perSecond: 1, burst: 20 } as const;
/** FG27: of one briefing. */
export const STAGE_MARKS = { perSecond: 2, burst: 2 } as const;
/**
 * FG66, FG170: least time between two notices of what moved on the stage, and between two of what was done to it (shown, marked,
 * cleared), to the viewers of a node; and both to a crowd of more viewers than that.
 */
export const STAGE_TELLS = {
  ...{ everyMs: 1_000, actMs: 500 },
  ...{ crowd: 5_000, crowdMs: 2_000, crowdActMs: 1_000 },
  lookMs: 10_000,
} as const;
/** FG28: briefings that closed so lately are looked through again and again; those from before, until that once went well. */
export const STAGES_LEFT_MS = 3_600_000;
/** What was put on stages and is in memory: with units by name half a megabyte each. */
export const STAGED_KEPT = 8;
/** FG108: pieces of each of these that are kept written: lines of some few kinds ask for the same. */
export const STAGED_PIECES_KEPT = 128;
/**
 * FG121: borders that are kept for stages to come, beside those of what is shown, and pieces of each. Those of a country with units
 * by name are a megabyte, and those of all its provinces together as much.
 */
export const GROUNDS_KEPT = 16;
export const GROUND_PIECES_KEPT = 128;
/** FG81: acts that are read for the stops of one look, before it is known who may see them. */
export const STOPS_READ = 2_000;
/** FG39: newest batches of a source that its owner is told, and how far back anything is looked for. */
export const BATCHES_TOLD = 20;
export const OWNED_DAYS = 90;
/** FG39: newest decisions on values that an owner is told. */
export const DECIDED_TOLD = 20;
/** FG48: batches that a node takes at once, one of a source, and how many of them are with the store; when to come again. */
export const INTAKE = { bodies: 16, recording: 3, againMs: 2_000 } as const;
/** FG74: files that a node reads at once, each in a thread of its own: a workbook may take hundreds of megabytes. */
export const UPLOADS_READ = 2;
/**
 * FG40: sources that a node asks at once; the lease of each, which is longer than all that it may take; by how much one is
 * asked early, so that not all are asked at the same moment; pauses after failures, and the longest that a source wishes for.
 */
export const PULLS = {
  ...{ atOnce: 4, leaseMs: 120_000, jitter: 0.1 },
  ...{ backOffMs: { first: 60_000, most: 6 * 3_600_000 }, retryAfterMs: 86_400_000 },
} as const;
/**
 * FG54: rows of a batch of a back-fill, and about how many months, so that nobody waits for long behind one; for how long
 * after an act of a briefing it makes way, and how long it rests then, by what a batch took.
 */
export const FILL = { rows: 10_000, months: 120, quietMs: 3_000, rest: 0.5 } as const;
/** FG110: the first pause before a batch is asked again, the longest, and for how long all in all. */
export const FILL_AGAIN = { firstMs: 1_000, longestMs: 30_000, patienceMs: 900_000 } as const;
/** FG53: months of which one batch speaks: each wants a table, with locks of its own, of which PostgreSQL has so many for everybody. */
export const MOST_MONTHS = 240;
/** FG71: entries of units in one transaction, how long a steady stream is gathered, and how many wait at most. */
export const ENTERING = { most: 1_000, gatherMs: 100, waiting: 25_000 } as const;
/** FG85: acts on values of one account: each is a row of the record, and news to every node. */
export const ACTS_OF_ONE = { perSecond: 1, burst: 60 } as const;
/** FG71: looks of one account at what its unit is asked for, and at what others say of it: each is hundreds of rows of the record. */
export const FORM_LOOKS = { perSecond: 0.5, burst: 60 } as const;
/**
 * FG85: acts and selections that are with the store at once of a node, each with a connection of it while it waits for the
 * places before it; how many wait, and when whoever comes then comes again.
 */
export const ACTING = { atOnce: 2, waiting: 2_000, retryAfterSeconds: 2 } as const;
/** FG49: keys that a node does not know yet, of one network: many platforms may share one. */
export const KEY_GUESSES = { perSecond: 1, burst: 60 } as const;
/** FG6: what is kept of an answer for whoever asks again: errors, and days where nothing was recorded. */
export const ANSWER_KEPT = { errors: 20, days: 30 } as const;
/** FG55: selections of one account: each writes as many rows as it chooses units. */
export const SELECTIONS_OF_ONE = { perSecond: 0.5, burst: 20 } as const;
/** FG57: selections that one account reads: each may have all units of the country. */
export const SELECTIONS_READ = { perSecond: 1, burst: 60 } as const;
/** FG20: so long after something has moved may still be acted on what stood before: the time to read it and decide. */
export const ACTED_ON_WITHIN_MS = 5 * 60_000;
/**
 * FG60: of numbers that were asked for in a roll-call: how their sources and indicators are called, where the sources rank,
 * how long a value stands as it was given, and when what failed is tried again.
 */
export const ASKED = {
  ...{ prefix: ASKED_PREFIX, hashDigits: 12, name: 'Hỏi trong phòng họp', rank: 100 },
  ...{ keptSeconds: 10 * 366 * 86_400, againMs: 60_000 },
} as const;
