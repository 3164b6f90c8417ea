import { useText } from '../../i18n/useText.tsx';
import { useChannel } from '../../session/BriefingContext.tsx';
import { stageWords } from '../words/stage.vi.ts';
import './runningItemPlate.css';

interface PlateProps {
  /** It would lie on what is shown, or on a card: then it is only said. */
  readonly hidden: boolean;
  readonly silent: boolean;
}

/** PN14: which item of the agenda runs, in the corner of the stage; a change is spoken once. */
export function RunningItemPlate({ hidden, silent }: PlateProps) {
  const { t } = useText(stageWords);
  const { item } = useChannel().programme;
  return (
    <div className={hidden ? 'unseen' : 'running-item'} {...(!silent && { role: 'status' })}>
      {item && (
        // What follows is another item, not the same one that changed.
        <p key={`${item.since} ${item.title}`}>
          <span className="unseen">{t.runningItem} </span>
          <strong>
            <span className="num">{item.nr}.</span> {item.title}
          </strong>
          {item.by && <span>{item.by}</span>}
        </p>
      )}
    </div>
  );
}
