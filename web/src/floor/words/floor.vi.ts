import { type CallState, inLine } from '../../api/contract.ts';
import { defineWords, type Shape } from '../../i18n/words.ts';

const vi = {
  speaking: (name: string) => `${name} đang nói`,
  onStage: (name: string) => `${name} đang trên sóng`,
  stage: 'Sân khấu: hình đang phát tới mọi người',
  soundOnly: 'Đang chỉ nghe. Hình đã tắt để tiết kiệm đường truyền.',
  soundOnlyBack: 'Xem lại hình',
  soundBlocked: 'Trình duyệt đang chặn tiếng',
  unblock: 'Bật tiếng',
  me: 'tôi',
  holdingSoonTitle: 'Phiên họp chưa bắt đầu',
  holdingSoonBody: 'Cứ để trang này mở. Hình sẽ tự hiện khi bắt đầu, không cần bấm gì.',
  holdingComingTitle: 'Đang vào phòng họp',
  holdingComingBody: 'Hình và tiếng sẽ tự hiện, không cần bấm gì.',
  holdingBackTitle: (name: string) => `Mất tín hiệu từ ${name}`,
  holdingBackBody: 'Đang chờ nối lại. Hình và tiếng sẽ tự trở lại, không cần bấm gì.',
  lookingAt: (room: string | null | undefined) =>
    room === undefined
      ? 'Đang xem một phòng họp khác'
      : `Đang xem ${room === null ? 'phòng họp chung' : `phòng họp của ${inLine(room)}`}`,
  lookBack: 'Hình và tiếng sẽ tự hiện khi trở lại.',
  looking: (name: string) => `${name} đang xem một phòng họp khác`,
  holdingPauseTitle: 'Phiên họp đang tạm nghỉ',
  holdingPauseBody: 'Hiện không có ai phát biểu. Cứ để trang này mở, hình sẽ tự hiện.',
  scheduledFor: (when: string) => `Dự kiến: ${when}`,
  me_: 'Trạng thái của đơn vị',
  waiting: 'Đã vào phòng, đang chờ',
  listening: 'Đang xem và nghe',
  listeningBody: 'Bây giờ không ai thấy hình hay nghe tiếng của đơn vị.',
  handUp: (when: string) => `Đã ghi nhận giơ tay lúc ${when}`,
  place: (n: number) =>
    n === 1 ? 'Đơn vị đang đứng đầu danh sách giơ tay.' : `Đơn vị đứng thứ ${n} trong danh sách giơ tay.`,
  placeFar: 'Trước đơn vị còn hơn 20 lượt giơ tay.',
  handUpBody: 'Người điều hành mời theo thứ tự hoặc theo nội dung. Khi được mời, trang sẽ báo.',
  handAbove:
    'Đơn vị giơ tay ở phòng họp khác với phòng đang xem. Muốn phát biểu ở phòng này: bỏ giơ tay, rồi giơ tay lại.',
  queueFull: 'Đã đủ số đơn vị xin phát biểu. Xin giơ tay lại khi có đơn vị hạ tay.',
  handTakenDown: 'Tay của đơn vị đã được hạ xuống. Khi cần phát biểu, có thể giơ tay lại.',
  green: 'Chuẩn bị phát biểu',
  greenSends: {
    both: 'Người điều hành thấy hình và nghe thử được. Các đơn vị khác chưa thấy, chưa nghe.',
    voice: 'Người điều hành nghe thử được, không thấy hình. Các đơn vị khác chưa nghe.',
    picture: 'Người điều hành thấy hình, không nghe được tiếng. Các đơn vị khác chưa thấy.',
    none: 'Người điều hành chưa thấy hình và chưa nghe được tiếng.',
  },
  invited: 'Được mời lên sóng',
  declined: 'Đã trả lời “Không”: đơn vị không lên sóng',
  unsent: 'Các đơn vị khác không thấy, không nghe đơn vị.',
  greenChecked: 'Đã kiểm tra: sẵn sàng phát biểu',
  onAir: 'Đang phát tới mọi người',
  air: {
    both: 'Đang phát tới mọi người',
    voice: 'Đang phát tiếng, không có hình',
    picture: 'Đang phát hình, không có tiếng',
    none: 'Chưa phát hình và tiếng',
  },
  /** FL46: on the stage of a room. */
  airRoom: 'Đang phát tới phòng họp này',
  airBody: {
    both: 'Mọi người đang thấy hình và nghe tiếng của đơn vị.',
    voice: 'Mọi người nghe tiếng và thấy tên đơn vị.',
    picture: 'Mọi người thấy hình, không nghe được tiếng của đơn vị.',
    none: 'Mọi người chỉ thấy tên đơn vị.',
  },
  /** On stage, while the producer shows others, content or a card. */
  unseen: {
    heard: 'Đang phát tiếng, hình không hiện',
    heardBody: 'Mọi người nghe tiếng của đơn vị. Hình đang phát lúc này không có đơn vị.',
    silent: 'Đang trên sóng, hình không hiện',
    silentBody: 'Mọi người không nghe, không thấy đơn vị. Hình đang phát lúc này không có đơn vị.',
  },
  /** While a card is shown in place of the stage. */
  silenced: 'Micro đã tắt: mọi người đang thấy thẻ chờ',
  silencedBody: 'Không ai nghe tiếng của đơn vị. Khi thẻ chờ được gỡ, bấm “Bật tiếng” để nói tiếp.',
  turnOnSound: 'Bấm “Bật tiếng” khi muốn nói.',
  turnOnPicture: 'Bấm “Bật hình” để mọi người thấy.',
  ownHolding: 'Đang nối lại đường truyền',
  ownHoldingBody: 'Các trang khác đang báo mất tín hiệu từ máy này. Hình và tiếng sẽ tự trở lại, không cần bấm gì.',
  lackTitle: {
    camera: 'Không có hình.',
    microphone: 'Không có tiếng.',
    both: 'Chưa có hình và tiếng.',
  },
  lackWhat: { camera: 'camera', microphone: 'micro', both: 'camera và micro' },
  lack: {
    denied: (what: string) =>
      `Trình duyệt chưa cho dùng ${what}. Bấm biểu tượng ngay trước địa chỉ trang, chọn “Cho phép”, rồi bấm “Thử lại”.`,
    missing: (what: string) => `Máy này không tìm thấy ${what}. Cắm thiết bị vào máy, rồi bấm “Thử lại”.`,
    failed: (what: string) =>
      `Chưa mở được ${what}. Đóng chương trình khác đang dùng (Zoom, Zalo, Teams…), rồi bấm “Thử lại”.`,
    unknown: (what: string) => `Chưa mở ${what}. Bấm “Thử lại”.`,
  },
  soundOff: 'Tiếng đang tắt',
  hardMuted: 'Người điều hành đã tắt tiếng',
  hardMutedBody: 'Chỉ người điều hành mới bật lại được.',
  starting: 'Đang nối hình và tiếng…',
  sendFailed: 'Chưa phát được hình và tiếng',
  mute: 'Tắt tiếng',
  unmute: 'Bật tiếng',
  talkingMuted: 'Micro đang tắt: không ai nghe lời đang nói.',
  cameraOff: 'Tắt hình',
  cameraOn: 'Bật hình',
  audioOnly: 'Chỉ nghe',
  withPicture: 'Xem hình',
  raise: 'Giơ tay phát biểu',
  lower: 'Bỏ giơ tay',
  finish: 'Kết thúc phát biểu',
  leaveGreen: 'Rời phòng chuẩn bị',
  sending: 'Đang gửi…',
  myPicture: 'Hình của đơn vị',
  announceCall: (name: string) => `Cuộc gọi tới từ ${name}. Bấm Enter để nhận.`,
  call: {
    title: 'Cuộc gọi tới đơn vị',
    from: (name: string) => `${name} đang gọi`,
    explain: {
      opening: 'Khi nhận, đơn vị lên sóng ngay.',
      both: 'Khi nhận, mọi người sẽ thấy hình và nghe tiếng của đơn vị ngay.',
      voice: 'Khi nhận, mọi người sẽ nghe tiếng và thấy tên đơn vị ngay.',
      picture: 'Khi nhận, mọi người sẽ thấy hình ngay, nhưng không nghe được tiếng của đơn vị.',
      none: 'Khi nhận, mọi người chỉ thấy tên đơn vị. Khi có camera hoặc micro, hình và tiếng sẽ tự lên.',
    },
    /** Where the producer shows others, content or a card. */
    unseen: {
      heard: 'Khi nhận, mọi người sẽ nghe tiếng của đơn vị ngay. Hình của đơn vị hiện khi được chọn.',
      silent: 'Khi nhận, đơn vị lên sóng ngay. Hình hoặc tên của đơn vị hiện khi được chọn.',
    },
    /** PN36 */
    carded: 'Mọi người đang thấy thẻ chờ. Khi nhận, chưa ai thấy hình, nghe tiếng của đơn vị.',
    atDoor: 'Vào phòng họp để nhận cuộc gọi. Chuông vẫn đổ trong khi vào.',
    accept: 'Nhận cuộc gọi',
    accepting: 'Đang nối…',
    refuse: 'Chưa thể trả lời',
    refuseTitle: 'Vì sao chưa thể trả lời?',
    send: 'Gửi câu trả lời',
    other: 'Lý do khác',
    otherHint: 'Viết ngắn gọn, sẽ được ghi lại',
    left: 'Thời gian còn lại',
    preview: 'Hình sẽ được phát',
    noPicture: 'Không có hình: chỉ phát tiếng nói.',
    nothing: 'Chưa có hình và tiếng',
    refusals: {
      'chair-absent': 'Lãnh đạo đi vắng',
      'no-picture-or-sound': 'Máy hỏng hình hoặc tiếng',
      'emergency-at-hand': 'Đang xử lý việc khẩn',
      'needs-a-minute': 'Cần thêm một phút',
    },
    state: {
      ringing: 'Đang đổ chuông',
      accepted: 'Đang nói chuyện',
      refused: 'Chưa thể trả lời',
      'timed-out': 'Không trả lời',
      'not-connected': 'Không có máy nào trong phòng',
      cancelled: 'Đã huỷ',
      ended: 'Đã kết thúc',
    } satisfies Record<CallState, string>,
  },
};

export type FloorWords = Shape<typeof vi>;
/** Words of the stage, of calls, and of the state of one's own device. */
export const floorWords = defineWords(vi, () => import('./floor.en.ts'));
