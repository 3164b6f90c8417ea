import { useRef } from 'react';
import {
  type FigureCard,
  figureStateSchema,
  type Indicator,
  MOST_OWNED,
  type OwnedFigures,
} from '../../../api/contract.ts';
import { useText } from '../../../i18n/useText.tsx';
import { figureDeskWords } from '../../words/desk.vi.ts';
import { ownerWords } from '../../words/owner.vi.ts';
import { figureTerritoryWords } from '../../words/territory.vi.ts';
import { ListSteps } from '../ListSteps.tsx';
import { Simulated } from '../Simulated.tsx';
import { useFigureText } from '../useFigureText.ts';
import { DecidedValues } from './DecidedValues.tsx';
import { OpenValues } from './OpenValues.tsx';

interface AnsweredPartProps {
  readonly owned: OwnedFigures;
  readonly onDone: () => void;
  /** Reads what is open from another place on. */
  readonly onFrom: (from: number) => void;
}

/** FG39: what becomes of the figures that a steward answers for: how they stand, what waits, when they were shown. */
export function AnsweredPart({ owned, onDone, onFrom }: AnsweredPartProps) {
  const { t: words, language, moment } = useText(ownerWords);
  const t = words.answered;
  const { indicators, cards, open, openOf, staged } = owned;
  const waiting = useRef<HTMLHeadingElement>(null);
  const nameOf = (code: string): string => indicators.find((one) => one.code === code)?.name[language] ?? code;
  return (
    <section className="figure-own-part" aria-label={t.title}>
      <h2>{t.title}</h2>
      {indicators.some(({ simulated }) => simulated) && <Simulated />}
      <ul className="figure-own-cards">
        {indicators.map((indicator) => (
          <li key={indicator.code}>
            <OwnedCard indicator={indicator} card={cards.find((one) => one.indicator === indicator.code)} />
          </li>
        ))}
      </ul>
      <h3 ref={waiting} tabIndex={-1}>
        {t.open}
      </h3>
      <OpenValues
        owned={owned}
        open={open}
        onDone={() => {
          // The line that had the focus is there no more.
          waiting.current?.focus();
          onDone();
        }}
      />
      {openOf && (
        <ListSteps
          {...{ label: t.open, from: openOf.from, shown: open.length, all: openOf.values, most: MOST_OWNED, onFrom }}
        />
      )}
      <h3>{t.decided}</h3>
      <DecidedValues owned={owned} />
      <h3>{t.staged}</h3>
      {staged.length === 0 && <p className="soft">{t.stagedNone}</p>}
      <ul className="figure-own-shown">
        {staged.map(({ indicator, title, at, until, n }) => (
          <li key={`${n} ${at}`}>
            <strong>{nameOf(indicator)}</strong>
            <span>{title}</span>
            <span className="soft">{until ? t.stagedAt(moment(at), moment(until)) : t.stagedNow(moment(at))}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** FG10: never a value without its time and coverage. */
function OwnedCard({ indicator, card }: { indicator: Indicator; card: FigureCard | undefined }) {
  const { t, language, number } = useText(ownerWords);
  const { t: desk } = useText(figureDeskWords);
  const { t: territory } = useText(figureTerritoryWords);
  const text = useFigureText(indicator);
  const behind = card ? figureStateSchema.options.filter((one) => one !== 'fresh' && card.coverage[one] > 0) : [];
  return (
    <article className="figure-own-card" aria-label={text.name}>
      <span>{text.name}</span>
      {card ? (
        <strong className="num">{text.value(card.value)}</strong>
      ) : (
        <span className="soft">{t.answered.none}</span>
      )}
      {card && <small className="soft">{[text.of(card), text.later(card.coming)].filter(Boolean).join(' · ')}</small>}
      {card && behind.length > 0 && (
        <small className="figure-own-held num">
          {behind.map((state) => territory.states[state](number(card.coverage[state]))).join(' · ')}
        </small>
      )}
      <small className="soft">
        {[desk.owner(indicator.owner?.[language], number(indicator.version)), text.shownFrom(indicator)]
          .filter(Boolean)
          .join(' · ')}
      </small>
    </article>
  );
}
