import { type Browser, type BrowserContext, expect, type Locator, type Page } from '@playwright/test';

/**
 * What livekit-client throws where nobody can catch it when a killed server stays away for long: the page has joined
 * anew by then.
 */
const outlived = [/^negotiation timed out$/];
/**
 * Firefox calls it an error, in one of two ways, when the channel at the door is closed, since somebody enters, before it
 * was open. A channel that can't be had for good would fail the story itself: calls and roll-calls come by it.
 */
const harmless = [
  ...outlived,
  /^The connection to \S+\/socket\.io\/\S* was interrupted while the page was loading\.$/,
  /^Firefox can’t establish a connection to the server at \S+\/socket\.io\/\S*$/,
];

/** As `expect` has it. */
const PATIENCE_MS = 30_000;

/** A person at a computer of their own: own context, own camera; 360p at 15 frames, since one machine plays everybody. */
export class Person {
  readonly page: Page;
  readonly #context: BrowserContext;
  readonly #problems: string[] = [];

  static async sit(
    browser: Browser,
    options: { phone?: boolean; toneHz?: number; language?: 'vi' | 'en'; elsewhere?: boolean } = {},
  ): Promise<Person> {
    const context = await browser.newContext({
      viewport: options.phone ? { width: 390, height: 844 } : { width: 1366, height: 768 },
      ...(options.elsewhere && { timezoneId: 'America/New_York', locale: 'en-US' }),
      permissions: ['camera', 'microphone', 'clipboard-read', 'clipboard-write'],
    });
    await context.addInitScript((language) => {
      if (self.origin === 'null') return; // Firefox runs it on the empty page too, which has no storage
      localStorage.setItem('dh.devices', JSON.stringify({ capture: 'light' }));
      if (language && !localStorage.getItem('dh.language')) localStorage.setItem('dh.language', language);
    }, options.language);
    if (options.toneHz) await context.addInitScript(speakTone, options.toneHz);
    return new Person(context, await context.newPage());
  }

  private constructor(context: BrowserContext, page: Page) {
    this.#context = context;
    this.page = page;
    page.on('pageerror', ({ message }) => {
      if (!harmless.some((known) => known.test(message))) this.#problems.push(message);
    });
    page.on('console', (message) => {
      if (process.env.E2E_LOG) console.log(`  [${message.type()}] ${message.text()}`);
      if (/Content Security Policy|requires 'Trusted/.test(message.text())) this.#problems.push(message.text());
    });
  }

  /** What broke on the page, to be empty at the end of a story. */
  get problems(): readonly string[] {
    return this.#problems;
  }

  async open(link: string): Promise<void> {
    await this.page.goto(link);
  }

  /** Through the device check into the briefing. */
  async enter(link: string): Promise<void> {
    await this.open(link);
    await this.button(/Vào phòng họp|Enter the briefing/).click();
    await expect(this.page.locator('.stage')).toBeVisible();
  }

  button(name: string | RegExp, within: Page | Locator = this.page): Locator {
    return within.getByRole('button', { name });
  }

  /** Switches single keys on: they are off after each start of the page. */
  async switchKeysOn(): Promise<void> {
    await this.button(/^(Phím tắt|Shortcut keys)$/).click();
    await expect(this.button(/^(Phím tắt|Shortcut keys)$/)).toHaveAttribute('aria-pressed', 'true');
  }

  /** Brings a leader's agenda, rooms and calls to the front, which have a tab beside the picture. */
  async conduct(): Promise<void> {
    await this.page.getByRole('tab', { name: /^(Điều hành|Proceedings)/ }).click();
  }

  /** The office's page, as the link beside the camera opens it: in a tab of its own, which leaves with this person. */
  async office(): Promise<Person> {
    const link = this.page.getByRole('link', { name: /^(Văn phòng|Office)/ });
    if (!(await link.isVisible())) await this.button(/^(Chỉ đạo và hồ sơ|Directives and record)$/).click();
    const opened = this.#context.waitForEvent('page');
    await link.click();
    return new Person(this.#context, await opened);
  }

  /** The tile on the stage of somebody by name. */
  tile(name: string | RegExp): Locator {
    return this.page.locator('.stage .tile').filter({ hasText: name });
  }

  /** A moving picture: its pixels change, and it has a size. */
  async seesMoving(name: string | RegExp, timeout = PATIENCE_MS): Promise<{ width: number; height: number }> {
    const video = this.tile(name).locator('video');
    await expect(video).toBeVisible({ timeout });
    await expect
      .poll(() => video.evaluate(movement), { timeout, intervals: [100], message: `${name} moves` })
      .toBeGreaterThan(0);
    return video.evaluate((element) => {
      const { videoWidth: width, videoHeight: height } = element as HTMLVideoElement;
      return { width, height };
    });
  }

  /** Waits until the page's sound holds a tone of that frequency. */
  async hears(hz: number, timeout = PATIENCE_MS): Promise<void> {
    await expect
      .poll(() => this.page.evaluate(loudness, hz), { timeout, message: `${hz} Hz is heard` })
      .toBeGreaterThan(-60);
  }

  async hearsNot(hz: number, timeout = PATIENCE_MS): Promise<void> {
    await expect
      .poll(() => this.page.evaluate(loudness, hz), { timeout, message: `${hz} Hz is silent` })
      .toBeLessThan(-75);
  }

  /** Until the page says no more that it comes back: of what is pressed before it says that it was not recorded. */
  async isBack(): Promise<void> {
    await expect(this.page.locator('[data-line]:not([data-line="weak"])')).toHaveCount(0, { timeout: 60_000 });
  }

  leave(): Promise<void> {
    return this.#context.close();
  }
}

/** Share of pixels that differ between two looks 300 ms apart. */
async function movement(element: Element): Promise<number> {
  const video = element as HTMLVideoElement;
  if (video.videoWidth === 0) return 0;
  const canvas = new OffscreenCanvas(64, 36);
  const draw = canvas.getContext('2d', { willReadFrequently: true });
  if (!draw) return 0;
  const look = (): Uint8ClampedArray => {
    draw.drawImage(video, 0, 0, 64, 36);
    return draw.getImageData(0, 0, 64, 36).data;
  };
  const before = look();
  await new Promise((resolve) => setTimeout(resolve, 300));
  const after = look();
  let changed = 0;
  for (let i = 0; i < before.length; i += 4) if (Math.abs((before[i] ?? 0) - (after[i] ?? 0)) > 12) changed++;
  return changed / (64 * 36);
}

/** dB of one frequency over all sound elements of the page; -200 without any. */
async function loudness(hz: number): Promise<number> {
  const streams = [...document.querySelectorAll('audio')]
    .map(({ srcObject }) => srcObject)
    .filter((stream): stream is MediaStream => stream instanceof MediaStream && stream.getAudioTracks().length > 0);
  if (streams.length === 0) return -200;
  const context = new AudioContext();
  await context.resume();
  const analyser = new AnalyserNode(context, { fftSize: 8192, smoothingTimeConstant: 0.3 });
  for (const stream of streams) context.createMediaStreamSource(stream).connect(analyser);
  const bins = new Float32Array(analyser.frequencyBinCount);
  let loudest = -200;
  for (let i = 0; i < 6; i++) {
    await new Promise((resolve) => setTimeout(resolve, 120));
    analyser.getFloatFrequencyData(bins);
    const at = Math.round((hz * analyser.fftSize) / context.sampleRate);
    loudest = Math.max(loudest, ...bins.slice(at - 2, at + 3));
  }
  await context.close();
  return loudest;
}

/** Replaces the beep of the false microphone by a steady tone, so that it is known who is heard. */
function speakTone(hz: number): void {
  if (!navigator.mediaDevices) return; // the empty page
  const real = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
  navigator.mediaDevices.getUserMedia = async (wish) => {
    const stream = await real(wish);
    const [microphone] = stream.getAudioTracks();
    if (!microphone) return stream;
    stream.removeTrack(microphone);
    microphone.stop();
    const context = new AudioContext();
    await context.resume();
    const out = context.createMediaStreamDestination();
    const tone = new OscillatorNode(context, { frequency: hz });
    tone.connect(new GainNode(context, { gain: 0.4 })).connect(out);
    tone.start();
    for (const track of out.stream.getAudioTracks()) stream.addTrack(track);
    return stream;
  };
}
