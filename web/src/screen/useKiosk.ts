import { useEffect } from 'react';

/** SN7: the display stays awake; the first key or click takes the whole of it. @param onTouch told of keys and clicks */
export function useKiosk(onTouch: () => void): void {
  useEffect(() => {
    let lock: WakeLockSentinel | undefined;
    const wake = async (): Promise<void> => {
      if (document.visibilityState !== 'visible' || (lock && !lock.released)) return;
      // Refused on a battery that is low, or without TLS.
      lock = await navigator.wakeLock?.request('screen').catch(() => undefined);
    };
    void wake();
    document.addEventListener('visibilitychange', wake);
    return () => {
      document.removeEventListener('visibilitychange', wake);
      void lock?.release().catch(() => undefined);
    };
  }, []);
  useEffect(() => {
    const touch = (event: Event): void => {
      if (event instanceof KeyboardEvent && (event.key === 'Escape' || event.key.startsWith('F'))) return;
      onTouch();
      if (!document.fullscreenElement) void document.documentElement.requestFullscreen?.().catch(() => undefined);
    };
    window.addEventListener('keydown', touch);
    window.addEventListener('pointerdown', touch);
    return () => {
      window.removeEventListener('keydown', touch);
      window.removeEventListener('pointerdown', touch);
    };
  }, [onTouch]);
}
