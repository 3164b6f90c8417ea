import { defineWords, type Shape } from '../../i18n/words.ts';

const vi = {
  waitingPicture: 'Đang lấy hình…',
  pictureWeak: 'Hình tạm dừng vì đường truyền ở đây yếu.',
  soundGoesOn: 'Tiếng vẫn nghe được.',
  noCamera: {
    denied: 'Camera chưa được phép: chỉ có tiếng',
    missing: 'Không có camera: chỉ có tiếng',
    failed: 'Chưa mở được camera: chỉ có tiếng',
    unknown: 'Chưa có hình: chỉ có tiếng',
  },
  noDevices: {
    denied: 'Camera và micro chưa được phép',
    missing: 'Không có camera và micro',
    failed: 'Chưa mở được camera và micro',
    unknown: 'Chưa có hình và tiếng',
  },
  content: 'Nội dung đang trình chiếu',
  runningItem: 'Chương trình đang ở mục',
  noContent: 'Đang lấy nội dung trình chiếu…',
};

export type StageWords = Shape<typeof vi>;
/** Words of what is drawn on the stage. */
export const stageWords = defineWords(vi, () => import('./stage.en.ts'));
