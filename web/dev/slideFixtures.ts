import type { Answers } from './officeFixtures.ts';

export const deckId = '00000000-0000-4000-a000-000000000001';
/** Of upright pages. */
export const uprightDeckId = '00000000-0000-4000-a000-000000000004';
const sha = 'a'.repeat(64);
const uprightSha = 'b'.repeat(64);

/** Decks whose pages are all the same one. */
export const slideAnswers: Answers = [
  [
    /^\/api\/decks\/[^/]+$/,
    (path) => {
      const upright = path.endsWith(uprightDeckId);
      const of = upright ? uprightSha : sha;
      const [width, height] = upright ? [1358, 1920] : [1920, 1080];
      return {
        ...{
          id: upright ? uprightDeckId : deckId,
          briefing: deckId,
          source: sha,
          title: 'Tình hình mưa lũ',
          size: 12,
          shown: true,
        },
        pages: Array.from({ length: 12 }, () => ({ wide: of, narrow: of, width, height, text: 'Mưa lũ' })),
      };
    },
  ],
];

/** A page as an office would make it: a title, four lines, a chart. */
export async function slideFile(path: string): Promise<Blob> {
  if (path.endsWith(uprightSha)) return uprightFile();
  const canvas = new OffscreenCanvas(1920, 1080);
  const draw = canvas.getContext('2d');
  if (!draw) throw new Error('no canvas');
  draw.fillStyle = '#ffffff';
  draw.fillRect(0, 0, 1920, 1080);
  draw.fillStyle = '#0e1621';
  draw.font = '700 84px "Be Vietnam Pro"';
  draw.fillText('Tình hình mưa lũ đến 07:00', 120, 190);
  draw.font = '400 52px "Be Vietnam Pro"';
  const lines = [
    '4 tỉnh, 37 xã còn bị chia cắt',
    'Đã sơ tán 12.480 người',
    '3 hồ chứa đang xả điều tiết',
    'Điện lưới: 91 %',
  ];
  for (const [i, line] of lines.entries()) draw.fillText(`•  ${line}`, 120, 340 + i * 120);
  draw.fillStyle = '#2f6f9f';
  for (const [i, height] of [220, 340, 510, 430, 300].entries())
    draw.fillRect(1180 + i * 120, 880 - height, 84, height);
  return canvas.convertToBlob({ type: 'image/png' });
}

/** An official letter: many lines of text. */
async function uprightFile(): Promise<Blob> {
  const canvas = new OffscreenCanvas(1358, 1920);
  const draw = canvas.getContext('2d');
  if (!draw) throw new Error('no canvas');
  draw.fillStyle = '#ffffff';
  draw.fillRect(0, 0, 1358, 1920);
  draw.fillStyle = '#0e1621';
  draw.font = '700 40px "Be Vietnam Pro"';
  draw.fillText('CÔNG ĐIỆN về ứng phó mưa lũ', 130, 180);
  draw.font = '400 29px "Be Vietnam Pro"';
  for (let i = 0; i < 34; i += 1)
    draw.fillText(
      `${i + 1}. Các tỉnh, thành phố rà soát, sơ tán người dân khỏi vùng nguy hiểm, báo cáo trước 17:00.`,
      60,
      270 + i * 46,
    );
  return canvas.convertToBlob({ type: 'image/png' });
}
