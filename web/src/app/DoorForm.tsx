import { type FormEvent, type ReactNode, useState } from 'react';
import { useText } from '../i18n/useText.tsx';
import { sentence } from '../session/sentence.ts';
import { problemWords } from '../session/words/problem.vi.ts';
import { Problem } from '../ui/Problem.tsx';
import './doorForm.css';

interface DoorFormProps {
  readonly submit: string;
  readonly children: ReactNode;
  /** @returns what is wrong with what was typed @throws what the server refuses */
  readonly onSubmit: (typed: (name: string) => string) => Promise<string | undefined>;
}

/** A form before the door: its fields, what went wrong in words, and one button. */
export function DoorForm({ submit, children, onSubmit }: DoorFormProps) {
  const { t: problems } = useText(problemWords);
  const [problem, setProblem] = useState<string>();
  const [busy, setBusy] = useState(false);
  const send = async (event: FormEvent<HTMLFormElement>): Promise<void> => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    setBusy(true);
    setProblem(undefined);
    try {
      setProblem(await onSubmit((name) => String(form.get(name))));
    } catch (error) {
      setProblem(sentence(error, problems));
    } finally {
      setBusy(false);
    }
  };
  return (
    <form className="panel stack door-form" onSubmit={(event) => void send(event)}>
      {children}
      <Problem text={problem} />
      <button type="submit" className="button primary" disabled={busy}>
        {submit}
      </button>
    </form>
  );
}
