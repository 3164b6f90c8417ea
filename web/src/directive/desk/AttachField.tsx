import { LoaderCircle, Paperclip, X } from 'lucide-react';
import { useRef, useState } from 'react';
import { ATTACHMENT_BYTES, type Attachment, attachmentTypes } from '../../api/contract.ts';
import { useText } from '../../i18n/useText.tsx';
import { useOffice } from '../../session/OfficeContext.tsx';
import { sentence } from '../../session/sentence.ts';
import { problemWords } from '../../session/words/problem.vi.ts';
import { directiveDeskWords } from '../words/desk.vi.ts';
import { issuerApi } from './issuerApi.ts';

const MOST = 10;

interface AttachFieldProps {
  readonly value: readonly Attachment[];
  readonly onChange: (attachments: Attachment[]) => void;
}

/** Files go to the server as soon as they are chosen; the directive names them by their hash. */
export function AttachField({ value, onChange }: AttachFieldProps) {
  const d = useText(directiveDeskWords).t.compose;
  const { t, size: fileSize } = useText(problemWords);
  const { api } = useOffice();
  const [busy, setBusy] = useState<string>();
  const [problem, setProblem] = useState<string>();
  const input = useRef<HTMLInputElement>(null);

  const add = async (files: readonly File[]): Promise<void> => {
    setProblem(undefined);
    let kept = [...value];
    for (const file of files.slice(0, MOST - value.length)) {
      const allowed = (attachmentTypes as readonly string[]).includes(file.type);
      if (!allowed) setProblem(d.attachType(file.name));
      else if (file.size > ATTACHMENT_BYTES) setProblem(d.attachTooLarge(file.name));
      else {
        setBusy(file.name);
        try {
          const attachment = await issuerApi.upload(api, file);
          kept = [...kept.filter(({ sha256 }) => sha256 !== attachment.sha256), attachment];
          onChange(kept);
        } catch (error) {
          setProblem(`${file.name}: ${sentence(error, t)}`);
        }
      }
    }
    setBusy(undefined);
  };

  return (
    <div className="compose-files">
      {value.length > 0 && (
        <ul className="picked">
          {value.map(({ sha256, name, size }) => (
            <li key={sha256}>
              <span className="clip">{name}</span>
              <span className="soft num">{fileSize(size)}</span>
              <button
                type="button"
                className="button quiet icon"
                aria-label={d.removeFile(name)}
                onClick={() => onChange(value.filter((other) => other.sha256 !== sha256))}
              >
                <X size={18} aria-hidden />
              </button>
            </li>
          ))}
        </ul>
      )}
      <div className="row">
        <button
          type="button"
          className="button small"
          disabled={busy !== undefined || value.length >= MOST}
          aria-describedby="attach-hint"
          onClick={() => input.current?.click()}
        >
          {busy ? <LoaderCircle size={18} aria-hidden /> : <Paperclip size={18} aria-hidden />}
          {d.attach}
        </button>
        <span id="attach-hint" className="soft small-text" role="status">
          {busy ? d.attaching(busy) : d.attachHint}
        </span>
      </div>
      <input
        ref={input}
        type="file"
        hidden
        multiple
        accept={attachmentTypes.join(',')}
        onChange={({ target }) => {
          void add([...(target.files ?? [])]);
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
