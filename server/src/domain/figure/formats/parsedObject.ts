import { refuse } from '../../../protocol/errors.ts';
import { repeatedName } from './repeatedName.ts';

const LONGEST_NAME = 64;
/** A float has no more digits than that: it would be rounded without a word. */
const LONG_NUMBER = /[\d.]{16}/;

/**
 * A flat object of JSON, whose long numbers stay as they are written (FG2).
 * @param place where it stands, for the sentence @throws DomainError `bad-request`
 */
export function parsedObject(text: string, place: string): Record<string, unknown> {
  const found = parse(text, place);
  if (typeof found !== 'object' || found === null || Array.isArray(found))
    throw refuse('bad-request', `${place} is no JSON object`);
  const repeated = repeatedName(text, found);
  if (repeated !== undefined)
    throw refuse('bad-request', `${place} names ${JSON.stringify(repeated.slice(0, LONGEST_NAME))} twice`);
  return found as Record<string, unknown>;
}

function parse(text: string, place: string): unknown {
  try {
    const found: unknown = JSON.parse(text);
    // Most say their numbers as texts, and looking for a long one takes as long as all the rest.
    return hasNumber(found) && LONG_NUMBER.test(text) ? JSON.parse(text, asWritten) : found;
  } catch (error) {
    throw refuse('bad-request', `${place} is broken JSON`, error);
  }
}

function hasNumber(found: unknown): boolean {
  if (typeof found !== 'object' || found === null) return false;
  for (const name in found) if (typeof found[name as keyof object] === 'number') return true;
  return false;
}

const asWritten = (_name: string, value: unknown, { source }: { readonly source?: string } = {}): unknown =>
  typeof value === 'number' && source !== undefined && LONG_NUMBER.test(source) ? source : value;
