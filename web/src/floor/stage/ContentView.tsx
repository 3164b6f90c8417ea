import { Suspense } from 'react';
import type { Content } from '../../api/contract.ts';
import { useText } from '../../i18n/useText.tsx';
import { useShownSlides } from '../../slides/useShownSlides.ts';
import { useStaged } from '../../staged/useStaged.ts';
import { lazyRetried } from '../../ui/lazyRetried.tsx';
import { stageWords } from '../words/stage.vi.ts';
import type { Box } from './arrange.ts';
import { loadFigures } from './useFiguresBeforehand.ts';

// Most of a briefing is faces: what draws pages comes with the first of them.
const SlideView = lazyRetried(() => import('../../slides/SlideView.tsx'));
const StagedView = lazyRetried(loadFigures);
const ScreenView = lazyRetried(() => import('../../slides/ScreenView.tsx'));

interface ContentViewProps {
  readonly content: Content;
  readonly box: Box;
  /** Of who stands in a corner of it. */
  readonly face: Box | undefined;
  readonly audioOnly: boolean;
  /** Another stage on the page says what is shown. */
  readonly silent: boolean;
}

/** What is shown beside people, as large as its place lets it be. */
export function ContentView({ content, box, face, audioOnly, silent }: ContentViewProps) {
  const { t } = useText(stageWords);
  const slides = useShownSlides();
  const figures = useStaged();
  const shown = content.kind === 'slides' && slides?.deck === content.deck ? slides : undefined;
  return (
    <section className="stage-content" aria-label={t.content} data-content={content.kind} style={box}>
      <Suspense fallback={<p className="soft">{t.noContent}</p>}>
        {content.kind === 'screen' ? (
          <ScreenView identity={content.identity} audioOnly={audioOnly} silent={silent} />
        ) : figures ? (
          <StagedView shown={figures} face={face} spoken={!silent} />
        ) : shown ? (
          <SlideView shown={shown} spoken={!silent} />
        ) : (
          <p className="soft">{t.noContent}</p>
        )}
      </Suspense>
    </section>
  );
}
