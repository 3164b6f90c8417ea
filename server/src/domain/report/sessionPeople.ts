import type { UnitPath } from '../../protocol/organisation.ts';
import { speechesByStage } from '../minutes/speeches.ts';
import { liesIn } from '../shared/territory.ts';
import { type Sight, sees } from '../shared/whoSeesWhom.ts';
import { endOf, ofStages, type SessionOnRecord } from './heldSessions.ts';
import type { SessionRecord } from './ports.ts';

/** Somebody who stood on the stage of a session, or had entered it to look, once. */
export interface PersonLine {
  readonly how: 'stood' | 'looked';
  /** Their unit does not lie in the territory of the session. */
  readonly outside: boolean;
  readonly unit: string;
  readonly path: UnitPath;
  /** Name of the account. */
  readonly account: string;
  /** As they said themselves, last. */
  readonly person: string | null;
  readonly from: string;
  /** null: they still do. */
  readonly to: string | null;
}

/**
 * TR18: who stood on its stage, which everybody there saw, and who looked on unseen, as far as the reader leads them; in
 * the order in which they came. Pure.
 * @param reader the territory of whoever reads it
 */
export function peopleOfSession(record: SessionRecord, { path }: SessionOnRecord, reader: UnitPath): PersonLine[] {
  const home = new Set([path]);
  const sight: Sight = { of: 'official', territory: reader };
  const people = [...stoodOn(record, path), ...lookedAt(record, path).filter((line) => sees(sight, 'look', line))];
  return people
    .map((line) => ({ ...line, outside: !liesIn(line.path, home) }))
    .sort((a, b) => Date.parse(a.from) - Date.parse(b.from));
}

type Line = Omit<PersonLine, 'outside'>;

function stoodOn(record: SessionRecord, stage: UnitPath): Line[] {
  const end = endOf(record);
  const stood = speechesByStage(ofStages(record), end).get(stage) ?? [];
  return stood.map(({ unit, path, name: account, person, from, to }) => {
    const isThere = record.closedAt === null && to === end;
    const called = person ? person.name || person.title : null;
    return { how: 'stood', unit, path, account, person: called, from, to: isThere ? null : to };
  });
}

/** TR5: from the moment at which they entered it until they went on, came on a stage, or it ended. */
function lookedAt({ acts, closedAt }: SessionRecord, stage: UnitPath): Line[] {
  const looking = new Map<string, Line>();
  const looked: Line[] = [];
  const leave = (identity: string, to: string | null): void => {
    const line = looking.get(identity);
    if (line) looked.push({ ...line, to });
    looking.delete(identity);
  };
  for (const { at, by, changes } of acts)
    for (const change of changes) {
      if (change.kind !== 'entered') continue;
      const from = at.toISOString();
      leave(change.identity, from);
      if (change.stage === stage && by)
        looking.set(change.identity, { how: 'looked', ...by, person: null, from, to: null });
    }
  for (const identity of [...looking.keys()]) leave(identity, closedAt);
  return looked;
}
