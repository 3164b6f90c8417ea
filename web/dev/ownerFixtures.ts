import type {
  BatchAnswer,
  DecidedAct,
  OwnedFigures,
  OwnedSource,
  PlannedMove,
  RowError,
  UploadPlan,
} from '../src/api/contract.ts';
import type { BriefingTools } from '../src/session/BriefingContext.tsx';
import { baseOf, type Unit } from './country.ts';
import { listedIndicators } from './figureFixtures.ts';
import type { Answers } from './officeFixtures.ts';

const hours = (n: number): string =>
  new Date(Math.floor(Date.now() / 3_600_000) * 3_600_000 - n * 3_600_000).toISOString();

/** What the server would answer whoever hands in files of figures, and answers for them. */
export async function ownerAnswers({ api, session }: BriefingTools, state: string): Promise<Answers> {
  const { units: rows } = await api.roster('vn');
  const communes = baseOf(rows.map(([code, path, tier, name]): Unit => ({ code, path, tier, name })));
  const indicators = listedIndicators.filter(({ code }) => ['beds-free', 'oxygen-tonnes'].includes(code));
  const source = (code: string, name: string, more: Partial<OwnedSource>): OwnedSource => ({
    ...{ code, name, rank: 1, indicators: indicators.map((one) => one.code), simulated: true, kind: 'upload' },
    ...{ root: { code: 'vn', name: 'Chính phủ' }, mayUpload: true, keys: [], batches: [], pull: null, ...more },
  });
  const owned: OwnedFigures = {
    indicators,
    ...(session.account.role === 'steward' && state === 'steward'
      ? await waiting(communes)
      : { cards: [], open: [], staged: [] }),
    sources:
      state === 'upload-none'
        ? []
        : [
            source('hospitals', 'Cục Quản lý Khám, chữa bệnh, báo cáo nhanh', {
              rank: 2,
              batches: batches(3, 'Lê Thị Hoa'),
            }),
            ...(session.account.role === 'steward'
              ? [
                  source('moh', 'Hệ thống Bộ Y tế', {
                    ...{ kind: 'push', mayUpload: false, keys: [hours(24 * 40), hours(30)] },
                    batches: batches(5, 'Hệ thống Bộ Y tế'),
                  }),
                  source('customs', 'Tổng cục Thống kê, giá lương thực', {
                    ...{ kind: 'pull', mayUpload: false, rank: 3 },
                    batches: batches(2, 'Tổng cục Thống kê, giá lương thực'),
                    pull: {
                      asked: { at: hours(1), came: { is: 'failed', fault: 'status', status: 503 } },
                      ...{ goodAt: hours(3), failures: 2, errors: 0, nextAt: hours(-1), asking: false, overdue: false },
                    },
                  }),
                ]
              : []),
          ],
  };
  const jumps = [
    [12, 120],
    [40, 4],
    [31, 18],
    [64, 79],
    [1_204, 1_250],
    [18, 17],
  ] as const;
  const moves = jumps.flatMap(([from, to], i): PlannedMove[] => {
    const unit = communes[(i * 17) % communes.length];
    if (!unit) return [];
    const named = { indicator: 'beds-free', unit: unit.code, name: unit.name, period: hours(2 + i) };
    return [{ ...named, from, to, held: i === 0, late: true }];
  });
  const say = (vi: string, en: string) => ({ vi, en });
  const errors: RowError[] = [
    {
      ...{ row: 4_107, column: 'value', header: 'beds-free', value: '12.5', reason: 'bad-value' },
      say: say(
        'Không phải số, quá nhiều chữ số thập phân, ngoài giới hạn, hoặc không khớp với trạng thái',
        'No number',
      ),
    },
    {
      ...{ row: 5_230, column: 'unit', value: '1', reason: 'unknown-unit' },
      say: say('Không có đơn vị mang mã này, hoặc số liệu của nó được cộng từ các đơn vị bên dưới', 'No such unit'),
    },
    {
      ...{ row: 9_000, column: 'period', value: '2026-13-01', reason: 'bad-period' },
      say: say('Kỳ phải là một ngày (2026-09-02) hoặc một thời điểm có múi giờ, từ năm 1900', 'A period is a day'),
    },
  ];
  const half = state === 'upload-half';
  const plan: UploadPlan = half
    ? { ...{ fresh: 0, changed: 0, late: 0, unchanged: 0, held: 0, refused: 10_056 }, moves: [], errors }
    : { ...{ fresh: 9_650, changed: 221, late: 221, unchanged: 180, held: 1, refused: 5 }, moves, errors };
  const answer: BatchAnswer = {
    ...{
      n: 41_072,
      at: new Date().toISOString(),
      seal: '9f2c41d0b7'.repeat(6).concat('a03e'),
      accepted: 9_871,
      unchanged: 180,
      held: 1,
      refused: 5,
    },
    ...{ errors: [], dryRun: false },
  };
  return [
    [/^\/api\/figures\/owned/, () => owned],
    [/^\/api\/figures\/uploads\/[^/]+\/plans/, () => plan],
    [/^\/api\/figures\/uploads\/[^/?]+\?/, () => answer],
  ];
}

const batches = (most: number, by: string): OwnedSource['batches'] =>
  Array.from({ length: most }, (_, i) => ({
    ...{ n: 41_072 - i * 7, at: hours(i + 1), by, indicators: ['beds-free'], accepted: 10_051 - i * 3 },
    ...{ held: i === 1 ? 2 : 0, unchanged: 180, refused: i === 2 ? 5 : 0, errors: i === 2 ? 5 : 0 },
    reason: i === 1 ? 'Bệnh viện tỉnh đếm lại' : null,
  }));

/** What waits for a steward, and when their figures were shown. */
async function waiting(
  communes: readonly Unit[],
): Promise<Pick<OwnedFigures, 'cards' | 'open' | 'decided' | 'staged'>> {
  const coverage = { expected: 10_056, fresh: 9_871, late: 0, stale: 41, none: 144, held: 2, contested: 1 };
  const card = {
    ...{ unit: 'vn', period: hours(2), n: 41_072, former: 40_880, series: [], coverage },
    oldest: hours(5),
  };
  const open = communes.slice(3, 6).map((unit, i) => ({
    ...{
      indicator: 'beds-free',
      unit: unit.code,
      path: unit.path,
      name: unit.name,
      within: 'quận Ba Đình, thành phố Hà Nội',
      period: hours(2 + i),
    },
    ...{ source: 'moh', revision: 1, value: [120, 1_204, 7][i] ?? 0, at: hours(1) },
    reason: i < 2 ? ('jump' as const) : null,
    say:
      i < 2
        ? { vi: 'Tăng hoặc giảm nhiều lần so với kỳ trước', en: 'Many times the value before, or a small part of it' }
        : null,
    beside: [12, 118][i] ?? null,
    contest:
      i < 2 ? null : { at: hours(1), by: 'Trần Văn Hùng', unit: unit.name, reason: 'Trạm y tế chỉ còn 4 giường' },
  }));
  const decided = communes.slice(8, 10).map(
    ({ code: unit, name }, i): DecidedAct => ({
      ...{
        indicator: 'beds-free',
        unit,
        name,
        within: 'quận Ba Đình, thành phố Hà Nội',
        period: hours(26),
        source: 'moh',
      },
      ...{
        act: (['reject', 'release'] as const)[i] ?? 'answer',
        value: 1_200 - i * 560,
        values: 1,
        n: 41_060 - i,
        at: hours(2),
      },
      ...{
        by: 'Ban Điều hành Thành phố Hà Nội',
        reason: ['120 chứ không phải 1.200', 'Bệnh viện dã chiến'][i] ?? null,
      },
    }),
  );
  const shown = { indicator: 'beds-free', title: 'Giao ban phòng, chống dịch toàn quốc', n: 41_020 };
  return {
    ...{ open, decided, staged: [{ ...shown, at: hours(26), until: hours(25) }] },
    cards: [
      { ...card, indicator: 'beds-free', value: 41_207, state: 'fresh' },
      { ...card, indicator: 'oxygen-tonnes', value: 128_402, state: 'late' },
    ],
  };
}
