import { inLine } from '../../api/contract.ts';
import { defineWords, type Shape } from '../../i18n/words.ts';

const vi = {
  title: 'Thử máy',
  tried: (n: string) => `${n} đã thử máy`,
  of: (n: string) => `trên ${n} đơn vị được mời, trong 14\u00a0ngày qua`,
  none: 'Chưa đơn vị nào thử máy',
  state: { ready: 'Sẵn sàng', weak: 'Đường truyền yếu', lacking: 'Thiếu camera hoặc micro', never: 'Chưa thử máy' },
  all: 'Tất cả',
  filter: 'Lọc theo tình trạng',
  places: 'Theo địa bàn',
  placesCount: 'Đã thử máy / được mời; sau dấu chấm than là số có đường truyền yếu hoặc thiếu camera, micro.',
  up: 'Toàn địa bàn',
  within: (place: string) => `trong ${inLine(place)}`,
  export: (format: string) => `Danh sách gọi điện (${format})`,
  call: (name: string) => `Gọi ${inLine(name)}`,
  noContact: 'Chưa có số điện thoại',
  at: (when: string) => `Thử lúc ${when}`,
  found: {
    camera: 'Chưa dùng được camera',
    microphone: 'Chưa dùng được micro',
    voice: 'Chưa thử tiếng nói',
    sound: 'Chưa xác nhận nghe được loa',
    line: (down: string, up: string) => `Tải xuống ${down}, tải lên ${up}`,
    noLine: 'Không đo được đường truyền',
  },
};

export type ReadinessWords = Shape<typeof vi>;
/** Words of the devices that were tried before a briefing. */
export const readinessWords = defineWords(vi, () => import('./readiness.en.ts'));
