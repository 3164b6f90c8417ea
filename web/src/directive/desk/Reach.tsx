import { Users } from 'lucide-react';
import { ApiError } from '../../api/ApiError.ts';
import { useText } from '../../i18n/useText.tsx';
import { sentence } from '../../session/sentence.ts';
import { problemWords } from '../../session/words/problem.vi.ts';
import { directiveDeskWords } from '../words/desk.vi.ts';
import type { Preview } from './usePreview.ts';

/** How many it reaches, with a few of them by name; in the same place whatever is known. */
export function Reach({ preview }: { preview: Preview }) {
  const d = useText(directiveDeskWords).t.compose;
  const { t, number } = useText(problemWords);
  const nobody =
    preview.kind === 'failed' && preview.error instanceof ApiError && preview.error.reason === 'bad-request';
  return (
    <p className="reach" role="status">
      <Users size={20} aria-hidden />
      {preview.kind === 'counted' ? (
        <span>
          <strong className="num">{d.reaches(number(preview.addressees))}</strong>
          <small>
            {preview.addressees > preview.sample.length
              ? d.among(preview.sample.join(', '))
              : preview.sample.join(', ')}
          </small>
        </span>
      ) : (
        <span>
          <strong>
            {preview.kind === 'counting'
              ? d.counting
              : preview.kind === 'nobody' || nobody
                ? d.reachesNobody
                : sentence(preview.error, t)}
          </strong>
          <small>&nbsp;</small>
        </span>
      )}
    </p>
  );
}
