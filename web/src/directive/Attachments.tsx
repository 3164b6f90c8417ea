import { Download } from 'lucide-react';
import { useState } from 'react';
import type { Attachment } from '../api/contract.ts';
import { useText } from '../i18n/useText.tsx';
import { useOffice } from '../session/OfficeContext.tsx';
import { sentence } from '../session/sentence.ts';
import { problemWords } from '../session/words/problem.vi.ts';
import { saveFile } from '../ui/saveFile.ts';
import { useToasts } from '../ui/Toasts.tsx';
import { directiveWords } from './words/directive.vi.ts';
import './directive.css';

/** Files of a directive, one button each; how large they are is said before they are fetched over a poor line. */
export function Attachments({ of }: { of: readonly Attachment[] }) {
  const { t, size: sizeOf } = useText(directiveWords);
  const { t: problems } = useText(problemWords);
  const { api } = useOffice();
  const { tell } = useToasts();
  const [busy, setBusy] = useState<string>();
  if (of.length === 0) return null;
  const download = async ({ sha256, name }: Attachment): Promise<void> => {
    setBusy(sha256);
    try {
      saveFile(name, await api.file(`/api/attachments/${sha256}`));
    } catch (error) {
      tell({ text: sentence(error, problems), tone: 'bad' });
    } finally {
      setBusy(undefined);
    }
  };
  return (
    <div className="attachments">
      <h3>{t.attachments}</h3>
      <ul>
        {of.map((attachment) => {
          const size = sizeOf(attachment.size);
          return (
            <li key={attachment.sha256 + attachment.name}>
              <button
                type="button"
                className="button small"
                disabled={busy !== undefined}
                aria-label={t.attachment(attachment.name, size)}
                onClick={() => void download(attachment)}
              >
                <Download size={18} aria-hidden />
                <span className="clip">{busy === attachment.sha256 ? t.downloading : attachment.name}</span>
                <span className="soft num">{size}</span>
              </button>
            </li>
          );
        })}
      </ul>
    </div>
  );
}
