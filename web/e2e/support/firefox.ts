import { accessSync, constants } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { type Browser, firefox } from '@playwright/test';

const PLACES = ['/usr/bin/firefox-esr', '/usr/bin/firefox'];

/** The Firefox of this machine: FIREFOX, as set-up leaves it, or the system's. undefined: there is none. */
export const firefoxProgram = process.env.FIREFOX || PLACES.find(runs);

/** Stock Firefox by WebDriver BiDi, with a camera and a microphone of its own. */
export function launchFirefox(): Promise<Browser> {
  return firefox.launch({
    channel: 'moz-firefox',
    executablePath: fileURLToPath(new URL('./firefoxBidi.mjs', import.meta.url)),
    env: { ...process.env, FIREFOX: firefoxProgram },
    firefoxUserPrefs: {
      'media.navigator.streams.fake': true,
      'media.navigator.permission.disabled': true,
      'media.peerconnection.ice.obfuscate_host_addresses': false,
      'media.autoplay.default': 0,
      'media.autoplay.blocking_policy': 0,
      'media.autoplay.block-webaudio': false,
      // Without a sound card its Web Audio stands still; this one is only imagined.
      'media.cubeb.force_mock_context': true,
      // It is Cisco's, fetched from the internet; VP8 is its own.
      'media.gmp-manager.updateEnabled': false,
    },
  });
}

/**
 * Firefox offers no candidate of loopback, and pairs none with it. Where the server listens for media instead: an
 * address of the network of its own in which the test run puts this story; undefined where it could not.
 */
export const mediaAddress = process.env.MEDIA_ADDRESS;

function runs(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
