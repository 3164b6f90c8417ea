/** Runs in the page: this computer's clock is so many ms slow. */
export function setClockBack(byMs: number): void {
  const Real = Date;
  class Slow extends Real {
    static override now(): number {
      return Real.now() - byMs;
    }
    constructor(...given: [] | [number | string | Date]) {
      if (given.length === 0) super(Slow.now());
      else super(...(given as [number]));
    }
  }
  globalThis.Date = Slow as DateConstructor;
}

/** The hour and minute of now in Viet Nam, as pages write it. */
export const hourNow = (): string =>
  new Date().toLocaleTimeString('en-GB', { timeZone: 'Asia/Ho_Chi_Minh', hour: '2-digit', minute: '2-digit' });
