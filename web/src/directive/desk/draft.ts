import { z } from 'zod';
import { attachmentSchema, unitCodeSchema, uuidSchema } from '../../api/contract.ts';
import { Store } from '../../lib/Store.ts';
import { DRAFTS } from '../../session/keptHere.ts';
import type { IssueAsk } from './issuerApi.ts';

const pickedSchema = z.object({ code: unitCodeSchema, name: z.string() });
export type Picked = z.infer<typeof pickedSchema>;

const draftSchema = z.object({
  /** Of this draft, until it is given: sent twice, it is given once. */
  key: uuidSchema,
  title: z.string(),
  text: z.string(),
  /** null: not chosen yet, `wayOf` decides. */
  to: z.enum(['briefing', 'all', 'units', 'list', 'selection']).nullable(),
  units: z.array(pickedSchema),
  list: z.string(),
  except: z.array(pickedSchema),
  deadline: z.iso.datetime().nullable(),
  attachments: z.array(attachmentSchema),
  /** Units that were chosen by a figure, what that is in words, and their list, which goes along with it alone. */
  selection: z
    .object({ id: uuidSchema, name: z.string(), table: attachmentSchema.nullable().default(null) })
    .nullable()
    .default(null),
  supersedes: z.object({ id: uuidSchema, number: z.number(), year: z.number() }).nullable(),
});
/** A directive that is being written. */
export type Draft = z.infer<typeof draftSchema>;

/** What changes in a draft when it is addressed otherwise: the list of a selection goes to those whom it names. */
export function addressed(draft: Draft, part: Pick<Draft, 'to'> & Partial<Draft>): Partial<Draft> {
  const list = draft.selection?.table;
  const own = draft.attachments.filter(({ sha256 }) => sha256 !== list?.sha256);
  const { table = null } = (part.selection === undefined ? draft.selection : part.selection) ?? {};
  return { ...part, attachments: part.to === 'selection' && table ? [...own, table] : own };
}

/** Per account: one browser may hold several people. */
const keptAt = (account: string): string => DRAFTS + account;

export const emptyDraft = (): Draft => ({
  key: crypto.randomUUID(),
  title: '',
  text: '',
  to: null,
  units: [],
  list: '',
  except: [],
  deadline: null,
  attachments: [],
  selection: null,
  supersedes: null,
});

/** Nothing was written yet. */
export const isBlank = ({ title, text, attachments }: Draft): boolean =>
  title.trim() === '' && text.trim() === '' && attachments.length === 0;

/** The draft of one account, kept on this computer: a speaker is interrupted often, and a page may be lost. */
export class DraftStore extends Store<Draft> {
  readonly #key: string;
  /** Whether this browser has it as it is now: a full one, or one that keeps nothing, loses it with the page. */
  kept = true;

  constructor(account: string) {
    super(recall(keptAt(account)) ?? emptyDraft());
    this.#key = keptAt(account);
  }

  change(part: Partial<Draft>): void {
    const next = { ...this.get(), ...part };
    this.kept = keep(this.#key, isBlank(next) ? undefined : JSON.stringify(next));
    this.set(part);
  }
}

/**
 * How addressees are named: what was chosen, else those of the briefing, outside of one everybody. @param briefing the
 * one in which it is written
 */
export const wayOf = ({ to }: Pick<Draft, 'to'>, briefing: string | undefined): NonNullable<Draft['to']> =>
  to ?? (briefing === undefined ? 'all' : 'briefing');

/**
 * Whom it goes to, as the server takes it; undefined while nobody is named.
 * @param own the whole territory of the account
 * @param briefing the one in which it is written
 */
export function addressingOf(
  draft: Pick<Draft, 'to' | 'units' | 'list' | 'except' | 'selection'>,
  own: string,
  briefing: string | undefined,
): IssueAsk['addressees'] | undefined {
  const { units, list, except, selection } = draft;
  const without = except.map(({ code }) => code);
  const to = wayOf(draft, briefing);
  if (to === 'briefing') return briefing === undefined ? undefined : { to: { briefing }, except: without };
  if (to === 'selection') return selection ? { to: { selection: selection.id }, except: without } : undefined;
  if (to === 'list') return list === '' ? undefined : { to: { list }, except: without };
  const named = to === 'all' ? [own] : units.map(({ code }) => code);
  return named.length === 0 ? undefined : { to: named, except: without };
}

function recall(key: string): Draft | undefined {
  try {
    return draftSchema.safeParse(JSON.parse(localStorage.getItem(key) ?? '')).data;
  } catch {
    return undefined;
  }
}

/** @returns whether it is kept */
function keep(key: string, text: string | undefined): boolean {
  try {
    if (text === undefined) localStorage.removeItem(key);
    else localStorage.setItem(key, text);
    return true;
  } catch {
    return false;
  }
}
