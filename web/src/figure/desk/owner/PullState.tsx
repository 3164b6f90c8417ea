import { Download, TriangleAlert } from 'lucide-react';
import type { Pulled, PullState as State } from '../../../api/contract.ts';
import { useText } from '../../../i18n/useText.tsx';
import { useOffice } from '../../../session/OfficeContext.tsx';
import { sentence } from '../../../session/sentence.ts';
import { problemWords } from '../../../session/words/problem.vi.ts';
import { saveFile } from '../../../ui/saveFile.ts';
import { useToasts } from '../../../ui/Toasts.tsx';
import { ownerWords } from '../../words/owner.vi.ts';
import { ownerApi } from './ownerApi.ts';

/** FG64: when a source was asked last, what came, why nothing did, and when it is asked next. */
export function PullState({ source, pull }: { source: string; pull: State | null }) {
  const { t: words, moment, number } = useText(ownerWords);
  const { t: problems } = useText(problemWords);
  const { api } = useOffice();
  const { tell } = useToasts();
  const t = words.pull;
  if (!pull) return <p className="soft">{t.unlisted}</p>;
  const came = (what: Pulled): string => {
    switch (what.is) {
      case 'taken':
        return [
          t.taken(number(what.accepted), number(what.unchanged)),
          ...(what.held > 0 ? [t.held(number(what.held))] : []),
          ...(what.refused > 0 ? [t.refused(number(what.refused))] : []),
        ].join(', ');
      case 'not-modified':
        return t.notModified;
      case 'failed':
        return t.faults[what.fault] + (what.status === null ? '' : ` (${t.status(String(what.status))})`);
    }
  };
  const save = async (): Promise<void> => {
    try {
      saveFile(`errors-${source}.csv`, await ownerApi.pullErrors(api, source));
    } catch (error) {
      tell({ text: sentence(error, problems), tone: 'bad' });
    }
  };
  const { asked, failures, goodAt, nextAt, asking, overdue, errors } = pull;
  const isWrong = failures > 0 || overdue;
  return (
    <p className={isWrong ? 'figure-own-pull warn' : 'figure-own-pull soft'}>
      {isWrong && <TriangleAlert size={18} aria-hidden />}
      <span>
        {[
          asked ? t.asked(moment(asked.at), came(asked.came)) : t.never,
          ...(failures > 1 ? [t.failures(number(failures))] : []),
          ...(failures > 0 ? [goodAt === null ? t.neverGood : t.good(moment(goodAt))] : []),
          asking ? t.asking : (overdue ? t.overdue : t.next)(moment(nextAt)),
        ].join(' ')}
      </span>
      {errors > 0 && (
        <button type="button" className="button quiet small" onClick={() => void save()}>
          <Download size={16} aria-hidden />
          {t.list}
        </button>
      )}
    </p>
  );
}
