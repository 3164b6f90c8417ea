import type { FollowState } from './directive.ts';
import type { EntryState } from './rollcall.ts';

type InBoth<Name extends string> = Readonly<Record<'vi' | 'en', Readonly<Record<Name, string>>>>;

/** How an addressee stands, in one word for screens and files. */
export const followWords = {
  vi: {
    sent: 'Đã giao, chưa tới',
    delivered: 'Đã tới, chưa đọc',
    read: 'Đã đọc, chưa trả lời',
    question: 'Đã hỏi lại, chờ trả lời',
    acknowledged: 'Đã nhận việc',
    refused: 'Đã báo chưa thể nhận',
    'in-progress': 'Đang làm',
    done: 'Đã báo xong',
    'recall-asked': 'Chờ trả lời việc thu hồi',
    recalled: 'Đã thu hồi',
    'recall-refused': 'Không đồng ý thu hồi, làm tiếp',
  },
  en: {
    sent: 'Given, not delivered yet',
    delivered: 'Delivered, not read yet',
    read: 'Read, not answered yet',
    question: 'Question asked, awaiting reply',
    acknowledged: 'Accepted',
    refused: 'Reported: cannot accept',
    'in-progress': 'In progress',
    done: 'Reported done',
    'recall-asked': 'Awaiting an answer on the recall',
    recalled: 'Recalled',
    'recall-refused': 'Recall not agreed, continues',
  },
} as const satisfies InBoth<FollowState>;

/** RC11: a late answer where digits were asked for. */
export const unprovenWords = { vi: 'Muộn, không kiểm chứng', en: 'Late, unverified' } as const;

/** What a round knows of a unit, likewise. */
export const entryWords = {
  vi: {
    called: 'Chưa trả lời',
    answered: 'Đúng hạn',
    late: 'Muộn',
    substituted: 'Uỷ quyền',
    official: 'Qua điện thoại',
    excused: 'Được phép vắng',
    unconfirmed: 'Chờ xác nhận',
    away: 'Báo vắng',
    absent: 'Vắng',
  },
  en: {
    called: 'Not answered',
    answered: 'On time',
    late: 'Late',
    substituted: 'Substitute',
    official: 'By telephone',
    excused: 'Excused',
    unconfirmed: 'Awaiting confirmation',
    away: 'Reported absent',
    absent: 'Absent',
  },
} as const satisfies InBoth<EntryState>;
