import { type Person, personSchema } from '../api/contract.ts';

/** Who said last that they sit at this computer, by account: a browser may be of several units. */
const KEPT = 'dh.person.';

type Kept = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;

/** @returns null: nobody, or what is kept here is not understood. @param kept a browser that keeps nothing has none */
export function recallPerson(kept: Kept | undefined, account: string): Person | null {
  try {
    return personSchema.parse(JSON.parse(kept?.getItem(KEPT + account) ?? 'null'));
  } catch {
    return null;
  }
}

export function rememberPerson(kept: Kept | undefined, account: string, person: Person | null): void {
  try {
    if (person) kept?.setItem(KEPT + account, JSON.stringify(person));
    else kept?.removeItem(KEPT + account);
  } catch {
    // A browser that keeps nothing asks again next time.
  }
}

/** As one reads it aloud: "Trần Văn Hùng, Chủ tịch". */
export const personLine = ({ name, title }: Person): string => [name, title].filter((part) => part !== '').join(', ');
