import { defineConfig } from '@playwright/test';

/** Real Chromium with a camera and a microphone of its own; one browser at a time, since pictures take CPU; `npm test` runs three where a story only reads and presses. */
export default defineConfig({
  testDir: 'e2e',
  globalSetup: './e2e/support/makeData.ts',
  outputDir: 'test-results',
  fullyParallel: false,
  workers: 1,
  // What a busy machine may take: nothing waits so long that is there.
  timeout: 240_000,
  expect: { timeout: 30_000 },
  reporter: [['list']],
  use: {
    browserName: 'chromium',
    headless: true,
    actionTimeout: 30_000,
    trace: 'off',
    screenshot: 'only-on-failure',
    permissions: ['camera', 'microphone'],
    // Stories begin with an empty browser and load all of the page; installable.spec.ts alone has what holds it.
    serviceWorkers: 'block',
    launchOptions: {
      executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
      args: [
        '--no-sandbox',
        '--use-fake-ui-for-media-stream',
        // Of the camera: half of what a person's has, since one machine encodes and decodes everybody's.
        '--use-fake-device-for-media-stream=fps=10',
        '--autoplay-policy=no-user-gesture-required',
      ],
    },
  },
});
