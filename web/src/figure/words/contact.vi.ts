import { inLine } from '../../api/contract.ts';
import { defineWords, type Shape } from '../../i18n/words.ts';

const vi = {
  title: 'Người phụ trách số liệu',
  of: (figure: string) => `Người phụ trách: ${figure}`,
  failed: 'Chưa đọc được người phụ trách số liệu. Trang tự thử lại.',
  nobody: 'Chưa ghi ai phụ trách số liệu này.',
  name: 'Họ và tên',
  job: 'Chức danh',
  telephone: 'Điện thoại',
  write: 'Ghi người phụ trách',
  change: 'Sửa',
  save: 'Lưu',
  remove: 'Bỏ người này',
  ring: (name: string, telephone: string) => `Gọi điện ${inLine(name)}: ${telephone}`,
  privacy: 'Chỉ đơn vị và cơ quan phụ trách địa bàn đọc được. Không nằm trong số liệu.',
};

export type ContactWords = Shape<typeof vi>;
/** Words of who answers for a figure in a unit. */
export const contactWords = defineWords(vi, () => import('./contact.en.ts'));
