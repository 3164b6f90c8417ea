import { ApiError } from '../../../api/ApiError.ts';
import { useText } from '../../../i18n/useText.tsx';
import { sentence } from '../../../session/sentence.ts';
import { problemWords } from '../../../session/words/problem.vi.ts';
import { ownerWords } from '../../words/owner.vi.ts';
import { FILE_COLUMNS } from './templateOf.ts';

/** Why a file was refused whole. The server says it in the language of the page, and names the column or row. (FG200) */
export function UploadProblem({ error }: { error: unknown }) {
  const { t } = useText(ownerWords);
  const { t: problems } = useText(problemWords);
  const reason = error instanceof ApiError ? error.reason : undefined;
  const isFile = reason === 'bad-request';
  return (
    <div className="note bad" role="alert">
      <p>
        <strong>
          {isFile ? t.upload.unread : reason === 'too-large' ? t.upload.tooLarge : sentence(error, problems)}
        </strong>
        {isFile && (
          <>
            {t.upload.columns(...FILE_COLUMNS)}
            <small>{(error as ApiError).message}</small>
          </>
        )}
      </p>
    </div>
  );
}
