import { FileUp, LoaderCircle } from 'lucide-react';
import { useRef, useState } from 'react';
import { useText } from '../../i18n/useText.tsx';
import { useOffice } from '../../session/OfficeContext.tsx';
import { sentence } from '../../session/sentence.ts';
import { problemWords } from '../../session/words/problem.vi.ts';
import { slidesDeskWords } from '../words/desk.vi.ts';
import { DeckError, type UploadProgress, uploadDeck } from './uploadDeck.ts';

/** A file that is drawn here, page by page, and goes up as far as the line allows. */
export function AddDeck({ briefing, onChanged }: { briefing: string; onChanged: () => void }) {
  const { t } = useText(slidesDeskWords);
  const { t: problems } = useText(problemWords);
  const { api } = useOffice();
  const input = useRef<HTMLInputElement>(null);
  const [busy, setBusy] = useState<{ readonly name: string; readonly stop: AbortController }>();
  const [progress, setProgress] = useState<UploadProgress>();
  const [problem, setProblem] = useState<string>();

  const add = async (file: File): Promise<void> => {
    const stop = new AbortController();
    setProblem(undefined);
    setProgress(undefined);
    setBusy({ name: file.name, stop });
    try {
      await uploadDeck(api, briefing, file, { signal: stop.signal, onProgress: setProgress });
    } catch (error) {
      if (!stop.signal.aborted)
        setProblem(error instanceof DeckError ? t.problem[error.problem] : sentence(error, problems));
    } finally {
      setBusy(undefined);
      onChanged();
    }
  };
  return (
    <div className="add-deck">
      {busy ? (
        <>
          <LoaderCircle size={20} aria-hidden />
          <span className="deck-name">
            <strong>{busy.name}</strong>
            <span className="soft small-text num" role="status">
              {progress?.waiting ? t.waiting : progress ? t.uploading(progress.ready, progress.size) : t.opening}
            </span>
            <progress value={progress?.ready ?? 0} max={progress?.size ?? 1} aria-label={busy.name} />
          </span>
          <button type="button" className="button small" onClick={() => busy.stop.abort()}>
            {t.stop}
          </button>
        </>
      ) : (
        <>
          <button
            type="button"
            className="button"
            aria-describedby="add-deck-hint"
            onClick={() => input.current?.click()}
          >
            <FileUp size={20} aria-hidden />
            {t.add}
          </button>
          <span id="add-deck-hint" className="soft small-text">
            {t.hint}
          </span>
        </>
      )}
      <input
        ref={input}
        type="file"
        hidden
        accept="application/pdf,.pdf"
        onChange={({ target }) => {
          const [file] = target.files ?? [];
          if (file) void add(file);
          target.value = '';
        }}
      />
      {problem && (
        <p className="problem" role="alert">
          {problem}
        </p>
      )}
    </div>
  );
}
