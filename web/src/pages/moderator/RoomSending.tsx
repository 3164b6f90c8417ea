import { SendingControls } from '../../floor/seat/SendingControls.tsx';
import { stagesWords } from '../../floor/words/stages.vi.ts';
import { useText } from '../../i18n/useText.tsx';
import { useMedia } from '../../session/BriefingContext.tsx';

/** FL22: a room opens with its official silent; what is off is said, and turned on by hand. */
export function RoomSending() {
  const { t } = useText(stagesWords);
  const { held } = useMedia();
  return (
    <>
      {held.length > 0 && (
        <p className="soft" role="status">
          {t.held[held.length === 2 ? 'both' : held[0] === 'camera' ? 'camera' : 'microphone']}
        </p>
      )}
      <SendingControls />
    </>
  );
}
