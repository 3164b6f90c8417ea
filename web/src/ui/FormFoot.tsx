import { useText } from '../i18n/useText.tsx';
import { Problem } from './Problem.tsx';
import { uiWords } from './words/ui.vi.ts';

interface FormFootProps {
  readonly problem: string | undefined;
  readonly submit: string;
  readonly disabled: boolean;
  readonly onCancel: () => void;
  /** `desk`: stays in sight under a form that is longer than its column. */
  readonly at?: 'sheet' | 'desk';
}

/** The end of a form: what went wrong, the way back, and the one thing to do. */
export function FormFoot({ problem, submit, disabled, onCancel, at = 'sheet' }: FormFootProps) {
  const { t } = useText(uiWords);
  return (
    <>
      <Problem text={problem} />
      <div className={at === 'desk' ? 'desk-acts' : 'acts'}>
        <button type="button" className="button" onClick={onCancel}>
          {t.cancel}
        </button>
        <button type="submit" className="button primary" disabled={disabled}>
          {submit}
        </button>
      </div>
    </>
  );
}
