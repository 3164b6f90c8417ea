import { Download } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { useText } from '../../i18n/useText.tsx';
import { useOffice } from '../../session/OfficeContext.tsx';
import { sentence } from '../../session/sentence.ts';
import { problemWords } from '../../session/words/problem.vi.ts';
import { saveFile } from '../../ui/saveFile.ts';
import { useToasts } from '../../ui/Toasts.tsx';

interface FileButtonProps {
  /** Path of the API. */
  readonly path: string;
  /** Of the file, with its ending. */
  readonly name: string;
  /** Where the words do not say all. */
  readonly label?: string;
  readonly children: ReactNode;
}

/** A file of the server, saved with the session of this tab, which a link would not carry. */
export function FileButton({ path, name, label, children }: FileButtonProps) {
  const { api } = useOffice();
  const { tell } = useToasts();
  const { t: problems } = useText(problemWords);
  const [busy, setBusy] = useState(false);
  const save = async (): Promise<void> => {
    setBusy(true);
    try {
      saveFile(name, await api.file(path));
    } catch (error) {
      tell({ text: sentence(error, problems), tone: 'bad' });
    } finally {
      setBusy(false);
    }
  };
  return (
    <button type="button" className="button small" aria-label={label} disabled={busy} onClick={() => void save()}>
      <Download size={16} aria-hidden />
      {children}
    </button>
  );
}
