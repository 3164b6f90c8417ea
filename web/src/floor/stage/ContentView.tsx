import type { Content } from '../../api/contract.ts';
import { useText } from '../../i18n/useText.tsx';
import { stageWords } from '../words/stage.vi.ts';
import type { Box } from './arrange.ts';

/** What is shown beside people, as large as its place lets it be. */
export function ContentView({ content, box }: { content: Content; box: Box }) {
  const { t } = useText(stageWords);
  return (
    <section className="stage-content" aria-label={t.content} data-content={content.kind} style={box}>
      <p className="soft">{t.noContent}</p>
    </section>
  );
}
