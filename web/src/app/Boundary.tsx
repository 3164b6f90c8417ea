import { TriangleAlert } from 'lucide-react';
import { Component, type ReactNode } from 'react';
import { useText } from '../i18n/useText.tsx';
import { Message } from '../ui/Message.tsx';

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
  const { t } = useText();
  return (
    <Message
      icon={TriangleAlert}
      title={t.entry.failed}
      body={t.reason.internal}
      detail={
        <details>
          <summary>{t.app.details}</summary>
          {String(error)}
        </details>
      }
    >
      <button type="button" className="button primary" onClick={() => window.location.reload()}>
        {t.app.retry}
      </button>
    </Message>
  );
}
