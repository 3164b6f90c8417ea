import type { FigureRevision } from '../../../api/contract.ts';

/** What became of a value, and which decisions on it the server would take now. */
export type Standing = 'counts' | 'held' | 'rejected' | 'replaced' | 'other';

type Said = Pick<FigureRevision, 'source' | 'revision' | 'value' | 'held' | 'counts' | 'acts'>;

/** FG8, FG14: of a value among all that were said of its unit and period. `other`: another source counts. */
export function standingOf(one: Said, all: readonly Said[]): Standing {
  if (one.counts) return 'counts';
  if (decidedOf(one) === 'reject') return 'rejected';
  const later = laterThan(one, all);
  // A newer one replaces what is held once it stands itself; what was good stays the word of its source until then.
  const replaced = later.some((other) => decidedOf(other) !== 'reject' && (one.held || !other.held));
  return replaced ? 'replaced' : one.held ? 'held' : 'other';
}

/**
 * FG14: only the newest word of a source is decided on, if it was held, but for those that were rejected; each decision may
 * be undone by the other.
 */
export function decisionsOn(one: Said, all: readonly Said[]): readonly ('release' | 'reject')[] {
  if (laterThan(one, all).some((later) => decidedOf(later) !== 'reject')) return [];
  if (one.held) return ['release', 'reject'];
  const decided = decidedOf(one);
  return decided === undefined ? [] : [decided === 'release' ? 'reject' : 'release'];
}

/**
 * FG16, FG17: what counts may be contested, by whoever leads there; a contest is withdrawn by the unit that contested, and
 * answered by somebody else. The server has the last word.
 */
export function contestsOn(
  { counts, value, acts }: Pick<Said, 'counts' | 'value' | 'acts'>,
  me: { readonly name: string; readonly unit: string },
): readonly ('contest' | 'withdraw' | 'answer')[] {
  if (!counts) return [];
  const last = acts.findLast(({ act }) => act !== 'release' && act !== 'reject');
  if (last?.act !== 'contest') return value === null ? [] : ['contest'];
  if (last.unit !== me.unit) return ['answer'];
  return last.by === me.name ? ['withdraw'] : ['withdraw', 'answer'];
}

const laterThan = (one: Said, all: readonly Said[]): readonly Said[] =>
  all.filter(({ source, revision }) => source === one.source && revision > one.revision);

/** The last of both stands. */
function decidedOf({ acts }: Pick<Said, 'acts'>): 'release' | 'reject' | undefined {
  const last = acts.findLast(({ act }) => act === 'release' || act === 'reject')?.act;
  return last === 'release' || last === 'reject' ? last : undefined;
}
