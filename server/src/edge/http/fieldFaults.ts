import type { z } from 'zod';
import { DomainError, type FieldFault, type FieldFaultCode, type Said } from '../../protocol/errors.ts';
import { formWords, NOT_ALLOWED, ODD, ownWords, typeWords } from './fieldWords.ts';

/** Fields that a message names, and that an answer lists. */
const NAMED = 5;
const LISTED = 20;
const LONGEST_PLACE = 80;
const LONGEST_CHOICE = 300;

type Issue = z.core.$ZodIssue;
type Fault = Pick<FieldFault, 'code' | 'say'>;

/** What was sent, by its contract. @throws DomainError `bad-request` with its fields (FG201) */
export function parsed<T extends z.ZodType>(schema: T, sent: unknown): z.output<T> {
  const found = schema.safeParse(sent);
  if (found.success) return found.data;
  throw misfit(found.error, sent);
}

/** The refusal in plain words of both languages. @param sent what was parsed, if it is at hand: what is missing is told by it */
export function misfit(error: z.ZodError, sent?: unknown): DomainError {
  const all = error.issues.flatMap((issue) => faultsOf(issue, sent));
  const said = (language: keyof Said): string => {
    const lines = all.slice(0, NAMED).map(({ at, say }) => `${at || WHOLE[language]}: ${say[language]}`);
    const more = all.length - lines.length;
    if (more > 0) lines.push(language === 'vi' ? `và ${more} lỗi khác` : `and ${more} more`);
    return lines.join('; ');
  };
  const fields = all.slice(0, LISTED);
  return new DomainError('bad-request', { vi: said('vi'), en: said('en') }, { cause: error, fields });
}

const WHOLE: Said = { vi: 'nội dung gửi lên', en: 'what was sent' };

/** One issue may be of several fields. */
function faultsOf(issue: Issue, sent: unknown): FieldFault[] {
  if (issue.code === 'unrecognized_keys')
    return issue.keys.map((key) => ({ at: placeOf([...issue.path, key]), code: 'unknown', say: UNKNOWN }));
  const nearest = issue.code === 'invalid_union' ? nearestOf(issue.errors) : undefined;
  if (nearest) return nearest.flatMap((one) => faultsOf({ ...one, path: [...issue.path, ...one.path] } as Issue, sent));
  const at = placeOf(issue.path);
  const isMissing = sent !== undefined && valueAt(sent, issue.path) === undefined;
  return [{ at, ...(isMissing && issue.code !== 'custom' ? MISSING : faultOf(issue)) }];
}

const UNKNOWN: Said = { vi: 'không có trường này', en: 'there is no such field' };
const MISSING: Fault = { code: 'missing', say: { vi: 'bắt buộc phải có', en: 'is required' } };

function faultOf(issue: Issue): Fault {
  switch (issue.code) {
    case 'invalid_type':
      return fault('wrong-type', typeWords[issue.expected] ?? ODD);
    case 'invalid_value': {
      const all = issue.values.map(String).join(', ').slice(0, LONGEST_CHOICE);
      const one = issue.values.length === 1;
      return fault('not-one-of', {
        vi: one ? `phải là ${all}` : `phải là một trong: ${all}`,
        en: one ? `must be ${all}` : `must be one of: ${all}`,
      });
    }
    case 'too_small':
      return sized(issue.origin) ? lengthFault(issue.minimum, 'too-short', issue) : leastFault(issue);
    case 'too_big':
      return sized(issue.origin) ? lengthFault(issue.maximum, 'too-long', issue) : mostFault(issue);
    case 'not_multiple_of':
      return fault('wrong-form', {
        vi: `phải chia hết cho ${issue.divisor}`,
        en: `must be a multiple of ${issue.divisor}`,
      });
    case 'invalid_format':
      return fault('wrong-form', formWords[issue.format === 'regex' ? (issue.pattern ?? '') : issue.format] ?? ODD);
    case 'custom':
      return fault('not-allowed', ownWords[issue.message] ?? NOT_ALLOWED);
    default:
      return fault('wrong-type', ODD);
  }
}

const fault = (code: FieldFaultCode, say: Said): Fault => ({ code, say });
const sized = (origin: string): boolean => ['string', 'array', 'set', 'map', 'file'].includes(origin);

type Limited = Extract<Issue, { code: 'too_small' | 'too_big' }>;

function lengthFault(limit: number | bigint, code: 'too-short' | 'too-long', { origin, exact }: Limited): Fault {
  const isOne = Number(limit) === 1;
  const vi = origin === 'string' ? 'ký tự' : 'mục';
  const en = origin === 'string' ? 'character' : 'item';
  const how = exact ? 'exact' : code;
  return fault(code, {
    vi: `${LENGTHS[how].vi} ${limit} ${vi}`,
    en: `must have ${LENGTHS[how].en} ${limit} ${en}${isOne ? '' : 's'}`,
  });
}

const LENGTHS = {
  exact: { vi: 'phải có đúng', en: 'exactly' },
  'too-short': { vi: 'phải có ít nhất', en: 'at least' },
  'too-long': { vi: 'nhiều nhất', en: 'at most' },
} as const;

const leastFault = ({ minimum, inclusive }: Extract<Issue, { code: 'too_small' }>): Fault =>
  fault('too-small', {
    vi: inclusive ? `ít nhất là ${minimum}` : `phải lớn hơn ${minimum}`,
    en: inclusive ? `must be at least ${minimum}` : `must be greater than ${minimum}`,
  });

const mostFault = ({ maximum, inclusive }: Extract<Issue, { code: 'too_big' }>): Fault =>
  fault('too-large', {
    vi: inclusive ? `nhiều nhất là ${maximum}` : `phải nhỏ hơn ${maximum}`,
    en: inclusive ? `must be at most ${maximum}` : `must be less than ${maximum}`,
  });

/** Of several forms the one that comes nearest: it is of the right type, and least of it is wrong. undefined: none is */
function nearestOf(forms: readonly (readonly Issue[])[]): readonly Issue[] | undefined {
  const near = forms.filter((issues) => !issues.some(({ code, path }) => code === 'invalid_type' && path.length === 0));
  const depth = (issues: readonly Issue[]): number => Math.max(...issues.map(({ path }) => path.length));
  return near.toSorted((a, b) => a.length - b.length || depth(b) - depth(a))[0];
}

/** `rows[3].value` */
function placeOf(path: readonly PropertyKey[]): string {
  let place = '';
  for (const step of path) {
    if (typeof step === 'number') place += `[${step}]`;
    else place += place === '' ? String(step) : `.${String(step)}`;
  }
  return place.slice(0, LONGEST_PLACE).toWellFormed();
}

function valueAt(sent: unknown, path: readonly PropertyKey[]): unknown {
  let value = sent;
  for (const step of path) {
    if (typeof value !== 'object' || value === null) return null;
    value = (value as Record<PropertyKey, unknown>)[step];
  }
  return value;
}
