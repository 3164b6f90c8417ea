/** What a viewer has of the shared screen. */
export interface ScreenLook {
  /** By what it is shown. */
  readonly by: 'still' | 'picture' | 'nothing';
  readonly width: number;
  readonly height: number;
  /** Share of the strokes that are read rightly, 0..1. */
  readonly read: number;
}

/** Strokes as wide as those of letters of 24 pixels, on a screen of 1,920. */
const STROKE = 4;
const STROKES = 240;
const [LEFT, TOP, HIGH] = [80, 40, 24];

/** Black or white for each stroke of a page, other ones on each. */
const strokesOf = `const strokesOf = (nr) => {
  let seed = 12345 + nr * 7919;
  return Array.from({ length: ${STROKES} }, () => (seed = (seed * 1103515245 + 12345) % 2147483648) % 65536 > 32768);
};`;

/**
 * Runs in the page of whoever shares: gives it a screen of 1920x1080 full of text, with a row of strokes and a clock that
 * moves; `turnScreen(nr)` shows another page of it.
 */
export const makeScreen = `${strokesOf}
  navigator.mediaDevices.getDisplayMedia = async () => {
    const canvas = Object.assign(document.createElement('canvas'), { width: 1920, height: 1080 });
    const draw = canvas.getContext('2d');
    let page = 0;
    let step = 0;
    globalThis.turnScreen = (nr) => { page = nr; };
    const sentence = (line) => 'Điều ' + (page * 30 + line) + '. Ủy ban nhân dân xã báo cáo trước 17 giờ hằng ngày, số ' +
      page * line * 37 + ', về tình hình mưa lũ tại địa bàn, việc sơ tán và nơi còn thiếu.';
    const paint = () => {
      draw.fillStyle = '#fff';
      draw.fillRect(0, 0, 1920, 1080);
      draw.fillStyle = '#000';
      strokesOf(page).forEach((dark, i) => dark && draw.fillRect(${LEFT} + i * ${STROKE}, ${TOP}, ${STROKE}, ${HIGH}));
      draw.font = '24px serif';
      for (let line = 0; line < 30; line++) draw.fillText(sentence(line), ${LEFT}, 110 + line * 31);
      draw.fillText(String(step++), 1700, 60);
    };
    paint();
    setInterval(paint, 200);
    return canvas.captureStream(5);
  };`;

/** Runs in a viewer's page. @returns ScreenLook */
export const readScreen = (nr: number): string => `(() => { ${strokesOf}
  const still = document.querySelector('.stage .screen-still:not([hidden]) canvas');
  const video = document.querySelector('.stage .screen-view video');
  const canvas = new OffscreenCanvas(1920, 1080);
  const draw = canvas.getContext('2d', { willReadFrequently: true });
  const by = still ? 'still' : video?.videoWidth ? 'picture' : 'nothing';
  if (by !== 'nothing') draw.drawImage(still ?? video, 0, 0, 1920, 1080);
  const right = strokesOf(${nr}).filter((dark, i) => {
    const [light] = draw.getImageData(${LEFT} + i * ${STROKE} + ${STROKE / 2}, ${TOP + HIGH / 2}, 1, 1).data;
    return light < 128 === dark;
  });
  return {
    by,
    width: still?.width ?? video?.videoWidth ?? 0,
    height: still?.height ?? video?.videoHeight ?? 0,
    read: by === 'nothing' ? 0 : right.length / ${STROKES},
  };
})()`;
