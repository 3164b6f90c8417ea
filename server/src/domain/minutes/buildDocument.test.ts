import assert from 'node:assert/strict';
import { test } from 'node:test';
import { at, body, briefing, facts, row, said } from '../../../test/support/minutes.ts';
import type { QuestionFacts } from '../question/facts.ts';
import type { AskedQuestion } from '../question/ports.ts';
import { buildDocument } from './buildDocument.ts';
import { MOST_CORRECTIONS, MOST_QUESTIONS } from './limits.ts';
import type { MinutesFacts } from './ports.ts';
import { OPEN } from './wordsShape.ts';

const question = (nr: number, more: Partial<QuestionFacts> = {}): QuestionFacts => ({
  ...{ id: `q${nr}`, briefing: briefing.id, unit: '26734', path: 'vn.79.760.26734', text: `Câu hỏi ${nr}?` },
  ...{ askedAt: new Date(at(20 + nr)), person: null, seq: nr, own: 1, desk: 'vn', chosen: false, taken: true },
  ...{ end: undefined, into: null, air: undefined, written: undefined, ...more },
});
const asked = (facts: QuestionFacts, counts = facts): AskedQuestion => ({ facts, counts, others: 0 });
const onAir = (minute: number) => ({ at: new Date(at(minute)), by: 'Văn phòng' });

test('MN1 heading, place and date, chair and signatures stand as the decree has them', () => {
  const minutes = buildDocument(facts);
  assert.deepEqual(minutes.nation, ['CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM', 'Độc lập - Tự do - Hạnh phúc']);
  assert.deepEqual(
    [minutes.issuer, minutes.kind, minutes.subject],
    ['THỦ TƯỚNG CHÍNH PHỦ', 'BIÊN BẢN', briefing.title],
  );
  assert.match(minutes.placeAndDate, /, ngày 03 tháng 02 năm 2026$/);
  assert.equal(minutes.closing, 'Phiên họp kết thúc vào 09 giờ 05 phút, ngày 03 tháng 02 năm 2026./.');
  assert.match(body(minutes), /^Thời gian bắt đầu: 08 giờ 05 phút, ngày 03 tháng 02 năm 2026\.$/m);
  assert.match(body(minutes), /^Chủ trì: Thủ tướng Chính phủ \(Thủ tướng Nguyễn Văn An\)\.$/m);
  assert.deepEqual(
    minutes.signatures.map(({ title, name }) => [title, name]),
    [
      ['THƯ KÝ', null],
      ['CHỦ TỌA', 'Nguyễn Văn An'],
    ],
  );
});

test('MN3 what is not on record is left open, and nothing is put in its place', () => {
  const minutes = buildDocument({ ...facts, speeches: [] });
  assert.equal(minutes.issuer, 'VIỆT NAM');
  assert.match(body(minutes), new RegExp(`^Thư ký: ${OPEN}$`, 'm'));
  assert.match(body(minutes), new RegExp(`^Chủ trì: hồ sơ không ghi người chủ trì lên hình; ${OPEN}$`, 'm'));
  assert.equal(minutes.signatures[1].name, null);
  for (const none of [
    'Không có ai phát biểu.',
    'Không có câu hỏi bằng văn bản.',
    'Không gọi đột xuất.',
    'Không điểm danh.',
    'Không giao chỉ đạo',
  ])
    assert.ok(body(minutes).includes(none), none);
});

test('MN5 an extract says of what it is, above the title', () => {
  const extract = { unit: '24', path: 'vn.24', name: 'Tỉnh Bắc Giang' };
  const minutes = buildDocument({ ...facts, extract });
  assert.equal(minutes.kind, 'TRÍCH BIÊN BẢN');
  assert.match(minutes.marks.join(), /^Phần về tỉnh Bắc Giang: .* chỉ tính các đơn vị thuộc địa bàn này\.$/);
  assert.deepEqual(buildDocument(facts).marks, []);
});

test("AT18 minutes name each step of PostgreSQL's clock while the doors were open", () => {
  const steps = [
    { at: at(10), ms: -90_000 },
    { at: at(20), ms: 300_000 },
  ];
  const lines = said(buildDocument({ ...facts, clockSteps: steps }).body);
  const found = lines.filter((line) => line.startsWith('Đồng hồ của cơ sở dữ liệu bị đặt'));
  assert.match(found[0] ?? '', /lùi lại 1 phút 30 giây, lúc 08 giờ 10 phút/);
  assert.match(found[1] ?? '', /nhanh lên 5 phút 00 giây, lúc 08 giờ 20 phút/);
  assert.equal(found.length, 2);
});

test('MN6 attendance is counted by province, a corrected result as corrected, and the annex names the others', () => {
  const minutes = buildDocument(facts);
  const lines = said(minutes.body);
  assert.ok(lines.includes('- Tham dự: 2 đơn vị (50%).'));
  assert.ok(lines.includes('Tỉnh Bắc Giang | 2 | 0 | 0 | 0 | 2 | 0'));
  assert.ok(lines.includes('Thành phố Hồ Chí Minh | 2 | 2 | 0 | 0 | 0 | 100'));
  assert.deepEqual(said(minutes.annex?.body ?? []), [
    'Vắng (2 đơn vị)',
    'Tỉnh Bắc Giang (2)',
    'Huyện Lạng Giang (2): xã Tân Hưng, thị trấn Vôi.',
  ]);
  const corrected = 'Phường Đa Kao, Quận 1, Thành phố Hồ Chí Minh | Tham dự chưa đủ thời gian | Tham dự | Mất điện';
  assert.ok(lines.some((line) => line.startsWith(corrected)));
});

test('MN6 of a briefing of one district its communes are no table, and are named in the annex without it', () => {
  const minutes = buildDocument({ ...facts, attendance: facts.attendance.slice(0, 2) });
  assert.ok(!minutes.body.some((block) => block.kind === 'table' && block.columns[0]?.title === 'Địa bàn'));
  assert.deepEqual(said(minutes.annex?.body ?? []), ['Vắng (2 đơn vị)', 'Xã Tân Hưng, thị trấn Vôi.']);
});

test('MN6 corrections are written out up to a number, and the others are counted', () => {
  const correction = { verdict: 'present', reason: 'Mất điện', by: 'Ban', at: at(70) } as const;
  const many = Array.from({ length: MOST_CORRECTIONS + 3 }, (_, i) =>
    row(`vn.24.217.${i}`, `Xã ${i}`, 'absent', correction),
  );
  const lines = said(buildDocument({ ...facts, attendance: many }).body);
  assert.equal(lines.filter((line) => line.includes('Mất điện')).length, MOST_CORRECTIONS);
  assert.ok(lines.includes('Còn 3 đơn vị nữa, có trong tệp tham dự của phiên họp.'));
});

test('MN6 a roll-call has its result in the units that had to answer', () => {
  const round = { nr: 2, question: 'Đã sơ tán xong chưa?', by: 'Văn phòng', openedAt: at(30) };
  const counts = {
    asked: 210,
    answered: 199,
    late: 4,
    official: 2,
    excused: 10,
    unconfirmed: 0,
    away: [],
    absent: 1,
    corrected: 3,
    resubmitted: 1,
  };
  const lines = said(
    buildDocument({ ...facts, rounds: [{ round, ...counts, quorum: false }] as unknown as MinutesFacts['rounds'] })
      .body,
  );
  const detail = 'muộn 4; cán bộ ghi nhận qua điện thoại 2; được phép vắng 10; chưa đủ tỷ lệ quy định';
  assert.ok(lines.includes(`2 | Đã sơ tán xong chưa? (Văn phòng; ${detail}) | 08:30:00 | 210 | 199 | >99 | 1`));
  assert.ok(lines.includes('Lượt điểm danh 2: 3 đơn vị tự sửa câu trả lời.'));
  assert.ok(lines.includes('Lượt điểm danh 2: 1 đơn vị gửi lại câu trả lời sau khi khôi phục hệ thống.'));
});

test('MN6 RC7 answers that no official has confirmed are named in the result, and are not silent', () => {
  const round = { nr: 1, question: 'Có mặt?', by: 'Văn phòng', openedAt: at(30) };
  const counts = { asked: 10, answered: 6, late: 0, official: 0, excused: 0, unconfirmed: 3, away: [], absent: 1 };
  const rounds = [{ round, ...counts, corrected: 0, resubmitted: 0 }] as unknown as MinutesFacts['rounds'];
  const lines = said(buildDocument({ ...facts, rounds }).body);
  assert.ok(lines.some((line) => line.includes('đã trả lời, chưa được xác nhận 3) | 08:30:00 | 10 | 6 | 60 | 1')));
});

test('RC25 who reported absent in a roll-call is written out with the reason, and RC11 a late answer as unverified', () => {
  const round = { nr: 1, question: 'Có mặt?', by: 'Văn phòng', openedAt: at(30), proof: 'challenge' };
  const away = [{ path: 'vn.24.217.1', name: 'Xã Tân Hưng', reason: 'Chủ tịch đi chống bão' }];
  const counts = { asked: 10, answered: 8, late: 2, official: 0, excused: 0, unconfirmed: 0, away, absent: 1 };
  const rounds = [{ round, ...counts, corrected: 0, resubmitted: 0 }] as unknown as MinutesFacts['rounds'];
  const lines = said(buildDocument({ ...facts, rounds }).body);
  assert.ok(
    lines.some((line) => line.includes('(Văn phòng; muộn, không kiểm chứng 2;') && line.includes('; tự báo vắng 1)')),
  );
  assert.ok(lines.includes('Lượt điểm danh 1, đơn vị tự báo vắng và lý do:'));
  assert.ok(lines.some((line) => line.includes('Tân Hưng') && line.endsWith('| Chủ tịch đi chống bão')));
  const english = said(buildDocument({ ...facts, rounds, language: 'en' }).body);
  assert.ok(english.some((line) => line.includes('late, unverified 2;') && line.includes('; reported absent 1)')));
});

test('FG32 a roll-call that asked for a number has its sum, with how much is in it', () => {
  const number = { label: 'Giường trống', unit: 'giường', scale: 1, min: 0, max: 9, soft: null, indicator: null };
  const round = { nr: 1, question: 'Còn bao nhiêu?', by: 'PM', openedAt: at(30), number };
  const counts = {
    asked: 9,
    answered: 8,
    late: 0,
    official: 0,
    excused: 0,
    away: [],
    absent: 1,
    corrected: 0,
    resubmitted: 0,
  };
  const coverage = { expected: 9, fresh: 6, late: 1, stale: 0, none: 1, held: 1, contested: 0 };
  const textOf = (value: number | null): string => {
    const sum = { unit: 'vn', value, coverage };
    const rounds = [{ round, ...counts, quorum: undefined, sum }] as unknown as MinutesFacts['rounds'];
    return said(buildDocument({ ...facts, rounds }).body).find((line) => line.includes('Còn bao nhiêu?')) ?? '';
  };
  const rest = 'từ 7/9 đơn vị; chờ xem lại, chưa cộng: 1';
  assert.ok(textOf(412_075).includes(`. Giường trống: 41.207,5 giường, ${rest} | 08:30:00`));
  assert.ok(textOf(null).includes(`. Giường trống: chưa có số nào, ${rest}`));
});

test('MN11 the agenda as it ran has each time of each item, and names what the record has no time of', () => {
  const [opening, close] = [
    { title: 'Khai mạc', by: 'Thủ tướng', minutes: 10 },
    { title: 'Bế mạc', minutes: 5 },
  ];
  const planned = { ...briefing, agenda: [opening, close] };
  assert.ok(body(buildDocument({ ...facts, briefing: planned })).includes('1. Khai mạc (Thủ tướng; dự kiến 10 phút)'));
  const items = [{ item: { nr: 1, ...opening }, from: at(5), to: at(17), seconds: 12 * 60 }];
  const lines = said(buildDocument({ ...facts, briefing: planned, items }).body);
  const start = lines.indexOf('I. CHƯƠNG TRÌNH') + 1;
  assert.deepEqual(lines.slice(start, start + 3), [
    '1 | Khai mạc (Thủ tướng; dự kiến 10 phút) | 08:05:00 | 08:17:00 | 12 phút 00 giây',
    'Có trong chương trình, hồ sơ không ghi thời gian:',
    '- Bế mạc (dự kiến 5 phút)',
  ]);
});

test('MN12 questions stand after the speakers with who asked and each answer, in the order of the answers', () => {
  const person = { name: 'Lê Thị Bé', title: 'Chủ tịch' };
  const later = question(1, {
    air: onAir(50),
    written: { at: new Date(at(600)), by: 'Bộ Y tế', words: 'Đang cấp.\nXong trong tuần.' },
  });
  const first = question(2, { text: 'Bao giờ\ncó điện?', person, air: onAir(40) });
  const same = question(3, { path: 'vn.24.217.7381', into: 'q2' });
  const declined = question(4, { end: { kind: 'declined', at: new Date(at(30)), why: 'Ngoài phạm vi' } });
  const questions = [asked(later), asked(first), asked(same, first), asked(declined), asked(question(5))];
  const lines = said(buildDocument({ ...facts, questions }).body);
  const start = lines.indexOf('2. Câu hỏi bằng văn bản') + 1;
  assert.ok(start > lines.indexOf('1. Phát biểu') && start < lines.indexOf('3. Gọi đột xuất'));
  const unit = 'Phường Tân Định, Quận 1, Thành phố Hồ Chí Minh';
  assert.deepEqual(lines.slice(start, lines.indexOf('3. Gọi đột xuất')), [
    'Các đơn vị gửi 5 câu hỏi: trả lời trực tiếp 3, chỉ bằng văn bản 0, không đưa ra 1, chưa trả lời 1. Câu được ghép với câu khác tính theo câu đó.',
    `Câu 1: ${unit} (Chủ tịch Lê Thị Bé), gửi lúc 08:22:00 (thêm 1 câu cùng nội dung): “Bao giờ có điện?”`,
    'Trả lời trực tiếp: bắt đầu lúc 08:40:00 (Văn phòng ghi).',
    `Câu 2: ${unit}, gửi lúc 08:21:00: “Câu hỏi 1?”`,
    'Trả lời trực tiếp: bắt đầu lúc 08:50:00 (Văn phòng ghi).',
    'Trả lời bằng văn bản: Đang cấp.',
    'Xong trong tuần.',
    '(Bộ Y tế, 18:00 3/2/2026)',
  ]);
});

test('MN12 MN5 where the question that was answered is of another territory, the own one stands for it', () => {
  const foreign = question(1, { air: onAir(40), text: 'Của tỉnh khác?' });
  const own = question(2, { path: 'vn.24.217.7381', into: 'q1', text: 'Của tỉnh này?' });
  const lines = said(buildDocument({ ...facts, questions: [asked(own, foreign)] }).body);
  assert.ok(lines.some((line) => line.startsWith('Câu 1: ') && line.endsWith('gửi lúc 08:22:00: “Của tỉnh này?”')));
  assert.ok(!lines.some((line) => line.includes('Của tỉnh khác?')));
  assert.ok(lines.includes('Trả lời trực tiếp: bắt đầu lúc 08:40:00 (Văn phòng ghi).'));
});

test('MN12 answered questions are written out up to a number, and the others are counted', () => {
  const many = Array.from({ length: MOST_QUESTIONS + 2 }, (_, i) => asked(question(i, { air: onAir(40) })));
  const lines = said(buildDocument({ ...facts, questions: many }).body);
  assert.equal(lines.filter((line) => /^Câu [\d.]+:/.test(line)).length, MOST_QUESTIONS);
  assert.ok(lines.includes('Còn 2 câu đã trả lời nữa, có trong hồ sơ của phiên họp.'));
});

test('MN7 the seal stands in the paper as a witness takes it, and on each page', () => {
  const minutes = buildDocument(facts);
  const codes = minutes.body.flatMap((block) => (block.kind === 'code' ? [block.text] : []));
  assert.deepEqual(codes, [`${facts.seal.chain} 1042`, facts.seal.hash]);
  assert.equal(minutes.foot, 'Hồ sơ tới mã niêm phong số 1.042 · abababababababab');
});

test('MN9 a rehearsal says so above the title and on each page, in both languages', () => {
  const tried = { ...briefing, rehearsal: true };
  for (const [language, mark] of [
    ['vi', 'DIỄN TẬP - KHÔNG CÓ GIÁ TRỊ CHÍNH THỨC'],
    ['en', 'REHEARSAL - NOT OFFICIAL'],
  ] as const) {
    const minutes = buildDocument({ ...facts, briefing: tried, language });
    assert.deepEqual(minutes.marks, [mark]);
    assert.ok(minutes.foot.startsWith(mark));
  }
});

test('TR17 minutes of a session are of its unit: its times, its chair, what was done in it, and no agenda of the briefing', () => {
  const chair = {
    ...{ unit: '79', path: 'vn.79', name: 'Ban Điều hành Thành phố Hồ Chí Minh', role: 'moderator' as const },
    ...{ person: { name: 'Lê Thị Bé', title: 'Chủ tịch' }, from: at(10), to: at(20), seconds: 600 },
  };
  const times = [
    { from: at(10), to: at(20) },
    { from: at(30), to: at(40) },
  ];
  const session = { unit: '79', path: 'vn.79', name: 'Thành phố Hồ Chí Minh', times };
  const minutes = buildDocument({ ...facts, session, speeches: [chair] });
  assert.equal(minutes.issuer, chair.name.toUpperCase());
  assert.equal(minutes.subject, 'Phiên họp riêng của Thành phố Hồ Chí Minh, trong phiên họp “Ứng phó bão số 10”');
  assert.equal(minutes.closing, 'Phiên họp kết thúc vào 08 giờ 40 phút, ngày 03 tháng 02 năm 2026./.');
  assert.equal(minutes.signatures[1].name, 'Lê Thị Bé');
  const text = body(minutes);
  assert.match(text, /^Thời gian bắt đầu: 08 giờ 10 phút/m);
  assert.match(text, /^Các lần họp riêng: 08:10:00 - 08:20:00; 08:30:00 - 08:40:00\.$/m);
  assert.match(text, /^Chủ trì: Ban Điều hành Thành phố Hồ Chí Minh \(Chủ tịch Lê Thị Bé\)\.$/m);
  assert.match(text, /^Thời gian ở trên sóng của phòng họp riêng, kể cả lúc tắt micro hoặc camera/m);
  assert.match(text, /^Tham dự được tính cho cả phiên họp/m);
  assert.match(text, /^3\. Điểm danh$/m);
  for (const word of ['CHƯƠNG TRÌNH', 'Khai mạc', 'Câu hỏi']) assert.doesNotMatch(text, new RegExp(word));
});
