import { Ellipsis } from 'lucide-react';
import { Button, Menu, MenuItem, MenuTrigger, Popover } from 'react-aria-components';
import type { Speaker } from '../../api/contract.ts';
import { useText } from '../../i18n/useText.tsx';
import { organisationDeskWords } from '../../organisation/words/desk.vi.ts';
import { floorDeskWords } from '../words/desk.vi.ts';
import type { Moderation } from './useModeration.ts';

interface SeatMenuProps {
  readonly speaker: Speaker;
  readonly moderation: Moderation;
  readonly onRemove: () => void;
}

/** What is done more rarely to one who is on or near the stage. */
export function SeatMenu({ speaker, moderation, onRemove }: SeatMenuProps) {
  const { t } = useText(floorDeskWords);
  const { t: units } = useText(organisationDeskWords);
  const { seat, place, muted } = speaker;
  return (
    <MenuTrigger>
      <Button className="button quiet icon" aria-label={units.more(seat.name)}>
        <Ellipsis size={18} aria-hidden />
      </Button>
      <Popover className="popover" placement="bottom end">
        <Menu className="listbox">
          <MenuItem className="option" onAction={() => void moderation.mute(seat, !muted)}>
            {muted ? t.unmute : t.mute}
          </MenuItem>
          {place !== 'green' && (
            <MenuItem className="option" onAction={() => void moderation.demote(seat, 'green')}>
              {t.toGreen}
            </MenuItem>
          )}
          <MenuItem className="option" onAction={onRemove}>
            {t.remove}
          </MenuItem>
        </Menu>
      </Popover>
    </MenuTrigger>
  );
}
