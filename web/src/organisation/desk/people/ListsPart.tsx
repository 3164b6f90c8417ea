import { Pencil, Plus, Trash2 } from 'lucide-react';
import { useCallback, useEffect, useState } from 'react';
import type { SavedList } from '../../../api/contract.ts';
import { useText } from '../../../i18n/useText.tsx';
import { useOffice } from '../../../session/OfficeContext.tsx';
import { ConfirmSheet } from '../../../ui/ConfirmSheet.tsx';
import type { RosterView } from '../../rosterView.ts';
import { peopleWords } from '../../words/people.vi.ts';
import { ListSheet } from './ListSheet.tsx';
import { usePeople } from './usePeople.ts';

/** Saved lists of the territory: made, renamed, changed and deleted. */
export function ListsPart({ roster }: { roster: RosterView }) {
  const { t: words, number } = useText(peopleWords);
  const t = words.lists;
  const { api } = useOffice();
  const { people, session, run } = usePeople();
  const [lists, setLists] = useState<readonly SavedList[]>();
  const [editing, setEditing] = useState<SavedList | 'new'>();
  const [removing, setRemoving] = useState<SavedList>();
  const load = useCallback(() => void run(() => api.lists()).then((found) => found && setLists(found.is)), [run, api]);
  useEffect(load, [load]);
  const mayChange = session.acts.includes('list.save');
  return (
    <section className="people-part" aria-label={t.title}>
      <div className="row">
        <h3 className="grow">{t.title}</h3>
        {mayChange && (
          <button type="button" className="button small" onClick={() => setEditing('new')}>
            <Plus size={16} aria-hidden />
            {t.make}
          </button>
        )}
      </div>
      {lists?.length === 0 && <p className="soft">{t.none}</p>}
      <ul className="people-rows">
        {lists?.map((list) => (
          <li key={list.name}>
            <span className="grow">
              <strong>{list.name}</strong>
              <small className="soft">{t.size(number(list.expected))}</small>
            </span>
            {mayChange && (
              <>
                <button
                  type="button"
                  className="button quiet icon"
                  aria-label={t.edit(list.name)}
                  onClick={() => setEditing(list)}
                >
                  <Pencil size={18} aria-hidden />
                </button>
                <button
                  type="button"
                  className="button quiet icon"
                  aria-label={t.remove(list.name)}
                  onClick={() => setRemoving(list)}
                >
                  <Trash2 size={18} aria-hidden />
                </button>
              </>
            )}
          </li>
        ))}
      </ul>
      {editing && (
        <ListSheet
          list={editing === 'new' ? undefined : editing}
          taken={lists?.map(({ name }) => name) ?? []}
          roster={roster}
          onDone={load}
          onClose={() => setEditing(undefined)}
        />
      )}
      {removing && (
        <ConfirmSheet
          title={t.removeTitle(removing.name)}
          body={t.removeBody}
          confirm={t.confirm}
          onConfirm={async () => {
            if (await run(() => people.deleteList(removing.name), t.removed(removing.name))) load();
          }}
          onClose={() => setRemoving(undefined)}
        />
      )}
    </section>
  );
}
