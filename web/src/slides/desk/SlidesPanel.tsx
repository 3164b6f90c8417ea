import { Presentation, Trash2 } from 'lucide-react';
import { type ReactNode, useCallback, useContext, useState } from 'react';
import type { Briefing, DeckSummary, Slides } from '../../api/contract.ts';
import { useText } from '../../i18n/useText.tsx';
import { BriefingContext, useChannel } from '../../session/BriefingContext.tsx';
import { useOffice } from '../../session/OfficeContext.tsx';
import { sentence } from '../../session/sentence.ts';
import { useAct } from '../../session/useAct.ts';
import { problemWords } from '../../session/words/problem.vi.ts';
import { ConfirmSheet } from '../../ui/ConfirmSheet.tsx';
import { usePolled } from '../../ui/usePolled.ts';
import { hidesContent } from '../hidesContent.ts';
import { seenOf } from '../seenOf.ts';
import { slidesApi } from '../slidesApi.ts';
import { useShownSlides } from '../useShownSlides.ts';
import { slidesDeskWords } from '../words/desk.vi.ts';
import { AddDeck } from './AddDeck.tsx';
import { Presenter } from './Presenter.tsx';
import './slidesPanel.css';

/** Slides of a briefing: prepared here beforehand, and shown from here by those who are in it. */
export function SlidesPanel({ briefing }: { briefing: Briefing }) {
  const { t } = useText(slidesDeskWords);
  const inside = useContext(BriefingContext) !== undefined;
  const { api } = useOffice();
  const found = usePolled(useCallback(() => slidesApi.decks(api, briefing.id), [api, briefing.id]));
  const [problem, setProblem] = useState<string>();
  const decks = found.value ?? [];
  const list = { decks, onProblem: setProblem, onChanged: found.reload };
  return (
    <section className="slides-panel" aria-label={t.title}>
      {inside ? (
        <ShowDecks {...list} briefing={briefing} />
      ) : (
        <DeckList {...list} acts={() => null} note={decks.length > 0 ? t.notYet : undefined} />
      )}
      <AddDeck briefing={briefing.id} onChanged={found.reload} />
      {found.value !== undefined && decks.length === 0 && <p className="soft">{t.none}</p>}
      {problem && (
        <p className="problem" role="alert">
          {problem}
        </p>
      )}
    </section>
  );
}

interface ListProps {
  readonly decks: readonly DeckSummary[];
  readonly onProblem: (problem: string | undefined) => void;
  readonly onChanged: () => void;
}

/** In the briefing: what is shown, with its buttons, and what could be. */
function ShowDecks({ briefing, ...list }: ListProps & { briefing: Briefing }) {
  const { t } = useText(slidesDeskWords);
  const shown = useShownSlides();
  const { programme } = useChannel();
  const { run, pending } = useAct();
  const show = async (deck: string, page = 1): Promise<void> => {
    if (!(await run('slides.show', { deck, page }, deck))) return;
    list.onChanged();
    // A layout of people alone would hide what was just asked for.
    if (hidesContent(programme.layout))
      await run('programme.set', { layout: { kind: 'content', face: { by: 'principal' } } });
  };
  const seen = shown && seenOf(programme, shown.deck);
  const running = briefing.state === 'open' || briefing.state === 'live';
  const acts = (deck: DeckSummary) =>
    deck.ready === deck.size && (
      <button
        type="button"
        className="button small"
        disabled={!running || pending.has(deck.id)}
        onClick={() => void show(deck.id)}
      >
        {t.show}
        <span className="unseen"> {deck.title}</span>
      </button>
    );
  return (
    <>
      {shown && <Presenter shown={shown} onAgain={() => void show(shown.deck, shown.page)} />}
      <DeckList
        {...list}
        shown={seen === 'away' ? undefined : shown}
        seen={seen === 'seen'}
        acts={acts}
        note={undefined}
      />
    </>
  );
}

interface DeckListProps extends ListProps {
  readonly shown?: Slides['shown'] | undefined;
  /** PN40: what is shown is on the stage now. */
  readonly seen?: boolean;
  readonly acts: (deck: DeckSummary) => ReactNode;
  readonly note: string | undefined;
}

function DeckList({ decks, shown, seen = false, acts, note, onProblem, onChanged }: DeckListProps) {
  const { t } = useText(slidesDeskWords);
  const { t: problems } = useText(problemWords);
  const { api } = useOffice();
  const [removing, setRemoving] = useState<DeckSummary>();
  const state = (deck: DeckSummary, isShown: boolean): string =>
    isShown ? (seen ? t.isShown : t.isHidden) : deck.ready < deck.size ? t.partly(deck.ready) : t.ready(deck.shown);
  const remove = async (deck: DeckSummary): Promise<void> => {
    onProblem(undefined);
    await slidesApi.remove(api, deck.id).catch((error) => onProblem(sentence(error, problems)));
    onChanged();
  };
  if (decks.length === 0) return null;
  return (
    <>
      <ul className="decks">
        {decks.map((deck) => {
          const isShown = shown?.deck === deck.id;
          return (
            <li key={deck.id} data-shown={isShown}>
              <Presentation size={20} aria-hidden />
              <span className="deck-name">
                <strong>{deck.title}</strong>
                <span className="soft small-text">
                  {t.pages(deck.size)} · {state(deck, isShown)}
                </span>
              </span>
              {!isShown && acts(deck)}
              {!deck.shown && !isShown && (
                <button
                  type="button"
                  className="button quiet icon"
                  aria-label={t.remove(deck.title)}
                  onClick={() => setRemoving(deck)}
                >
                  <Trash2 size={18} aria-hidden />
                </button>
              )}
            </li>
          );
        })}
      </ul>
      {note && <p className="soft small-text">{note}</p>}
      {removing && (
        <ConfirmSheet
          title={t.removeTitle(removing.title)}
          body={t.removeBody}
          confirm={t.removeConfirm}
          keep={t.keep}
          onConfirm={() => remove(removing)}
          onClose={() => setRemoving(undefined)}
        />
      )}
    </>
  );
}
