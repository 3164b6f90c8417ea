import { refuse, type Said } from '../../../protocol/errors.ts';
import { repeatedName } from './repeatedName.ts';

const LONGEST_NAME = 64;
/** A float has no more digits than that: it would be rounded without a word. */
const LONG_NUMBER = /[\d.]{16}/;

/**
 * A flat object of JSON, whose long numbers stay as they are written (FG2).
 * @param place where it stands, for the sentence @throws DomainError `bad-request`
 */
export function parsedObject(text: string, place: () => Said): Record<string, unknown> {
  const found = parse(text, place);
  if (typeof found !== 'object' || found === null || Array.isArray(found))
    throw refuse('bad-request', at(place(), 'không phải là một đối tượng JSON', 'is no JSON object'));
  const repeated = repeatedName(text, found);
  if (repeated !== undefined) {
    const name = JSON.stringify(repeated.slice(0, LONGEST_NAME));
    throw refuse('bad-request', at(place(), `ghi ${name} hai lần`, `names ${name} twice`));
  }
  return found as Record<string, unknown>;
}

const at = (place: Said, vi: string, en: string): Said => ({ vi: `${place.vi} ${vi}`, en: `${place.en} ${en}` });

function parse(text: string, place: () => Said): unknown {
  try {
    const found: unknown = JSON.parse(text);
    // Most say their numbers as texts, and looking for a long one takes as long as all the rest.
    return hasNumber(found) && LONG_NUMBER.test(text) ? JSON.parse(text, asWritten) : found;
  } catch (error) {
    throw refuse('bad-request', at(place(), 'không phải JSON đúng cú pháp', 'is broken JSON'), error);
  }
}

function hasNumber(found: unknown): boolean {
  if (typeof found !== 'object' || found === null) return false;
  for (const name in found) if (typeof found[name as keyof object] === 'number') return true;
  return false;
}

const asWritten = (_name: string, value: unknown, { source }: { readonly source?: string } = {}): unknown =>
  typeof value === 'number' && source !== undefined && LONG_NUMBER.test(source) ? source : value;
