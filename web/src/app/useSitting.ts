import { useMemo, useState } from 'react';
import { type Person, personSchema, type Session } from '../api/contract.ts';
import { recallPerson, rememberPerson } from '../session/sitting.ts';

const nobody: Person = { name: '', title: '' };

/** PS3: who sits here, as it is typed; the first time as this browser remembers it, or else the session. */
export function useSitting({ account, person }: Pick<Session, 'account' | 'person'>) {
  const [typed, setTyped] = useState<Person>(() => recallPerson(storage(), account.id) ?? person ?? nobody);
  const sitting = useMemo(() => personSchema.safeParse(typed).data ?? null, [typed]);
  return { typed, setTyped, sitting, remember: () => rememberPerson(storage(), account.id, sitting) };
}

function storage(): Storage | undefined {
  try {
    return window.localStorage;
  } catch {
    return undefined;
  }
}
