import { z } from 'zod';
import { LONGEST_NAME, LONGEST_SEARCH, MOST_HITS, MOST_SUBTREES, USUAL_HITS } from './limits.ts';
import { uuidSchema } from './uuid.ts';

export const UNIT_CODE = /^[a-z0-9][a-z0-9-]{0,31}$/;
/** Code of a unit, unique for ever (a merged unit's code is closed, never reissued): `vn`, `01`, `001`, `00001`. */
export const unitCodeSchema = z.string().regex(UNIT_CODE);
export type UnitCode = z.infer<typeof unitCodeSchema>;

export const UNIT_PATH = /^[a-z0-9][a-z0-9-]*(\.[a-z0-9][a-z0-9-]*)*$/;
/**
 * Codes from the root to the unit, joined by dots (`vn.79.769.27163`). A territory is every path that starts with it.
 */
export const unitPathSchema = z.string().regex(UNIT_PATH);
export type UnitPath = z.infer<typeof unitPathSchema>;

/** Code of the unit that stands there. */
export const codeOf = (path: UnitPath): UnitCode => path.slice(path.lastIndexOf('.') + 1);

/** Whether `path` lies in the territory of `root` (a unit lies in its own territory). */
export const within = (path: UnitPath, root: UnitPath): boolean => path === root || path.startsWith(`${root}.`);

/**
 * UN6: the one place that says which units are expected, asked and addressed: base units, which have none below them,
 * whatever their tier. @param next path of the unit that follows in path order, if there is one
 */
export const isBaseUnit = (path: UnitPath, next: UnitPath | undefined): boolean =>
  next === undefined || !next.startsWith(`${path}.`);

/** A level of the tree; which ones there are is data with dates, not code. */
export const tierSchema = z.object({
  ...{ id: z.string(), rank: z.number().int(), name: z.string(), nameEn: z.string() },
  /** NM4: titles that nobody below this tier is called by, beside those that are known. */
  titles: z.array(z.string()).optional(),
});
export type Tier = z.infer<typeof tierSchema>;

export const unitSchema = z.object({
  code: unitCodeSchema,
  path: unitPathSchema,
  parent: unitCodeSchema.nullable(),
  tier: z.string(),
  name: z.string(),
  validFrom: z.iso.date(),
  validTo: z.iso.date().nullable(),
});
export type Unit = z.infer<typeof unitSchema>;

/**
 * `GET /api/roster?root=`: a whole territory in one compact answer; rows are in path order, parents before children.
 */
export const rosterSchema = z.object({
  tiers: z.array(tierSchema),
  /** `[code, path, tier id, name]` */
  units: z.array(z.tuple([unitCodeSchema, unitPathSchema, z.string(), z.string()])),
});
export type Roster = z.infer<typeof rosterSchema>;

/** `GET /api/units/search?q=&limit=`: without accents, within the caller's territory, best match first. */
export const unitSearchSchema = z.object({
  q: z.string().trim().min(1).max(LONGEST_SEARCH),
  limit: z.coerce.number().int().min(1).max(MOST_HITS).default(USUAL_HITS),
});
export const unitHitsSchema = z.object({
  units: z.array(unitSchema.pick({ code: true, path: true, tier: true, name: true }).extend({ within: z.string() })),
});
export type UnitHits = z.infer<typeof unitHitsSchema>;

/** `GET /api/units/{code}`: one unit of the caller's territory and those directly below it. */
export const unitDetailSchema = z.object({ unit: unitSchema, children: z.array(unitSchema) });

/** A named set of subtrees. `GET /api/lists`, `PUT /api/lists/{name}`. */
export const savedListSchema = z.object({
  name: z.string(),
  /** The unit that it belongs to. */
  owner: unitCodeSchema,
  units: z.array(unitCodeSchema),
  /** Base units (UN6) in these subtrees, today. */
  expected: z.number().int(),
});
export type SavedList = z.infer<typeof savedListSchema>;
export const savedListsSchema = z.object({ lists: z.array(savedListSchema) });
export const saveListSchema = z.strictObject({ units: z.array(unitCodeSchema).min(1).max(MOST_SUBTREES) });

/**
 * What an account is: the leader, one who runs rooms, a unit's own seat, one who runs the machines, what shows a stage, or who
 * answers for figures (FG38).
 */
export const roleSchema = z.enum(['principal', 'moderator', 'seat', 'operator', 'screen', 'steward']);
export type Role = z.infer<typeof roleSchema>;

export const accountSchema = z.object({
  id: uuidSchema,
  name: z.string().min(1).max(LONGEST_NAME),
  role: roleSchema,
  unit: unitSchema.pick({ code: true, path: true, tier: true, name: true }),
  /** FG38: of a steward, codes of the indicators that they answer for. */
  indicators: z.array(z.string()).nullish(),
});
export type Account = z.infer<typeof accountSchema>;
