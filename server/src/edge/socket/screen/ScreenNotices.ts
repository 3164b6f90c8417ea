import type { Screens } from '../../../domain/screen/Screens.ts';
import { isScreen } from '../../../domain/shared/whoSeesWhom.ts';
import type { Seat } from '../../../protocol/floor.ts';
import type { ChannelSocket, SliceNotices } from '../channel/types.ts';

/** SN5: tells screens nothing, but knows which are there. */
export class ScreenNotices implements SliceNotices {
  readonly forScreens = true;
  readonly #screens: Screens;

  constructor(screens: Screens) {
    this.#screens = screens;
  }

  welcome(socket: ChannelSocket, _briefing: string, { role, account }: Seat): void {
    if (isScreen(role)) socket.on('disconnect', this.#screens.connected(account));
  }

  close(): void {}
}
