import type { Page } from '@playwright/test';

/** Of the last press on a map: its moment by the clock of this machine, and what the page did after it, in order. */
export interface Pressed {
  readonly at: number;
  readonly order: readonly ('sent' | 'rest')[];
}

/** As long as a hand rests on a key before it goes on to the next. */
const REST_MS = 200;

/** From its next load on the page keeps whether a mark leaves it before a timer that begins with the press. */
export const keepPresses = (page: Page): Promise<unknown> => page.addInitScript(keep, REST_MS);

export const lastPress = (page: Page): Promise<Pressed> =>
  page.evaluate(() => Reflect.get(globalThis, 'lastPress') as Pressed);

function keep(restMs: number): void {
  let order: Pressed['order'][number][] = [];
  addEventListener(
    'click',
    ({ target }) => {
      if (!(target instanceof Element && target.closest('.tile-map'))) return;
      const own: typeof order = [];
      order = own;
      Object.assign(globalThis, { lastPress: { at: performance.timeOrigin + performance.now(), order: own } });
      setTimeout(() => own.push('rest'), restMs);
    },
    true,
  );
  const { send } = WebSocket.prototype;
  WebSocket.prototype.send = function (data) {
    if (typeof data === 'string' && data.includes('"figures.mark"')) order.push('sent');
    send.call(this, data);
  };
}
