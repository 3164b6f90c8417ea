import { TriangleAlert } from 'lucide-react';
import { Component, type ReactNode } from 'react';
import { useText } from '../i18n/useText.tsx';
import { PageHead } from '../session/PageHead.tsx';
import { ProblemMessage } from '../session/Support.tsx';
import { problemWords } from '../session/words/problem.vi.ts';
import { uiWords } from '../ui/words/ui.vi.ts';
import { appWords } from './words/app.vi.ts';

/** The page broke: says so, and offers to open it anew. */
export class Boundary extends Component<{ children: ReactNode }, { error: unknown }> {
  override state = { error: undefined as unknown };
  static getDerivedStateFromError(error: unknown) {
    return { error };
  }
  override render(): ReactNode {
    return this.state.error === undefined ? this.props.children : <Broken error={this.state.error} />;
  }
}

function Broken({ error }: { error: unknown }) {
  const { t } = useText(appWords);
  const { t: problems } = useText(problemWords);
  const { t: ui } = useText(uiWords);
  return (
    <>
      <PageHead name={t.name} line={t.tagline} />
      <ProblemMessage
        icon={TriangleAlert}
        title={t.failed}
        body={problems.reason.internal}
        detail={
          <details className="folds">
            <summary>{ui.details}</summary>
            {String(error)}
          </details>
        }
      >
        <button type="button" className="button primary" onClick={() => window.location.reload()}>
          {ui.retry}
        </button>
      </ProblemMessage>
    </>
  );
}
