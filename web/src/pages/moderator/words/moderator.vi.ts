import type { Role } from '../../../api/contract.ts';
import { defineWords, type Shape } from '../../../i18n/words.ts';

const vi = {
  title: 'Bàn điều hành',
  queue: 'Hàng chờ',
  hands: 'Giơ tay',
  admit: 'Vào phòng chuẩn bị',
  dismiss: 'Từ chối',
  removeTitle: (name: string) => `Đưa ${name} ra khỏi phòng?`,
  removeBody:
    'Máy này bị đưa ra và không vào lại được trong phiên này. Liên kết của đơn vị vẫn còn hiệu lực cho phiên sau.',
  removeWhy: 'Lý do (ghi vào hồ sơ)',
  role: {
    principal: 'Chủ trì',
    moderator: 'Điều hành',
    seat: 'Điểm cầu',
    operator: 'Kỹ thuật',
    screen: 'Màn hình',
    steward: 'Số liệu',
  } satisfies Record<Role, string>,
};

export type ModeratorWords = Shape<typeof vi>;
/** Words of the moderator's page. */
export const moderatorWords = defineWords(vi, () => import('./moderator.en.ts'));
