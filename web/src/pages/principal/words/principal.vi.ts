import { defineWords, type Shape } from '../../../i18n/words.ts';

const vi = {
  title: 'Bàn chủ trì',
  preview: 'Hình của tôi',
  previewNote: 'Lúc này không phát tới ai',
  noPicture: 'Chưa có hình từ camera',
  soundOnly: 'Khi phát, mọi người chỉ nghe tiếng.',
  onAirSoon: 'Sắp phát tới mọi người',
  onAirIn: (n: number) => `Phát sau ${n}`,
  stopCount: 'Dừng lại',
  country: 'Các đơn vị',
  conduct: 'Điều hành',
  conductQuestions: (n: string) => `${n} câu hỏi`,
  conductRooms: (n: number) => `${n} phòng`,
  conductItem: (nr: number, of: number) => `Mục ${nr}/${of}`,
  stageNote: 'Mọi người đang thấy',
  goLive: 'Bắt đầu phát',
  beganWithoutRoom: 'Người chủ trì bắt đầu phát',
  goingLive: 'Đang bắt đầu…',
  end: 'Ngừng phát',
  endTitle: 'Ngừng phát?',
  endBody: (here: string) =>
    here === '0'
      ? 'Hiện không có đơn vị nào đang xem. Sau đó phát lại được, hoặc đóng phiên họp.'
      : `${here} đơn vị đang xem sẽ thấy phiên họp tạm nghỉ. Sau đó phát lại được, hoặc đóng phiên họp.`,
  endConfirm: 'Ngừng phát',
  keepOn: 'Phát tiếp',
  hands: 'Xin phát biểu',
  invite: 'Mời',
};

export type PrincipalWords = Shape<typeof vi>;
/** Words of the leader's page. */
export const principalWords = defineWords(vi, () => import('./principal.en.ts'));
