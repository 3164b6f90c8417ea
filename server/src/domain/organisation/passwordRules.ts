import { readFileSync } from 'node:fs';
import { refuse } from '../../protocol/errors.ts';
import { fold } from './fold.ts';
import { SHORTEST_PASSWORD } from './limits.ts';

/** Whose password it is to be. */
export interface PasswordOwner {
  readonly login: string;
  readonly name: string;
  /** Name of their unit. */
  readonly unit: string;
}

/** PW6. @throws DomainError `bad-request`: too short; `weak-password` */
export function demandPassword(password: string, owner: PasswordOwner): void {
  const typed = password.normalize('NFKC').trim().toLowerCase();
  if (password.length < SHORTEST_PASSWORD || typed.length < SHORTEST_PASSWORD)
    throw refuse(
      'bad-request',
      `a password has at least ${SHORTEST_PASSWORD} characters, blanks around it not counted`,
    );
  const why = weaknessOf(typed, owner);
  if (why) throw refuse('weak-password', why);
}

function weaknessOf(typed: string, { login, name, unit }: PasswordOwner): string | undefined {
  const forms = [typed, bare(typed)];
  if (forms.some((form) => listed().has(form))) return 'the password is one of those that many people use';
  const own = [login, name, unit].map(bare).filter(Boolean);
  if (own.includes(bare(typed))) return 'the password is the login, the name, or the unit';
  if (forms.some((form) => new Set(form).size === 1)) return 'the password is one character, again and again';
  if (forms.some((form) => isSequence(form, '0123456789') || isSequence(form, 'abcdefghijklmnopqrstuvwxyz')))
    return 'the password is digits or letters in their order';
  return undefined;
}

/** Without accents, blanks and signs: `Mật khẩu 123` is `matkhau123`. */
const bare = (text: string): string => fold(text.normalize('NFKC')).replaceAll(' ', '');

/** Whether all characters follow each other in `row`, forwards or backwards, over its end too. */
function isSequence(text: string, row: string): boolean {
  const places = [...text].map((character) => row.indexOf(character));
  if (places.length === 0 || places.includes(-1)) return false;
  const steps = new Set(places.slice(1).map((place, i) => (place - (places[i] ?? 0) + row.length) % row.length));
  return steps.size === 1 && (steps.has(1) || steps.has(row.length - 1));
}

let passwords: ReadonlySet<string> | undefined;

/** Read when the first password is set: most nodes set none for weeks. */
function listed(): ReadonlySet<string> {
  const lines = (file: string) =>
    readFileSync(new URL(`./passwords/${file}`, import.meta.url), 'utf8')
      .trim()
      .split('\n');
  passwords ??= new Set([...lines('common.txt'), ...lines('vietnamese.txt')]);
  return passwords;
}
