/** What is asked of the browser: a screen of text at a few frames a second, without the page's own tab. */
export const screenCapture = {
  video: { width: { max: 1920 }, height: { max: 1080 }, frameRate: { max: 5 } },
  audio: false,
  selfBrowserSurface: 'exclude',
  surfaceSwitching: 'include',
} as DisplayMediaStreamOptions;
