import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { loadWords, type Words } from './words.ts';

const source = new URL('..', import.meta.url);
const server = new URL('../../../server/src/', import.meta.url);
const files = readdirSync(source, { recursive: true, encoding: 'utf8' }).filter((file) => /\.tsx?$/.test(file));
const vietnamese = files.filter((file) => file.endsWith('.vi.ts'));
/** What the server writes for people: on paper, in files, in calendars. */
const papers = ['protocol/words.ts', 'domain/report/words.ts', 'domain/invitation/words.ts'];
papers.push('domain/readiness/listTable.ts');
const textOf = (file: URL): string => readFileSync(file, 'utf8');

type Line = string | ((...args: unknown[]) => string);

async function linesOf(file: string): Promise<{ at: string; vi: Line; en: Line }[]> {
  const found = Object.values(await import(new URL(file, source).href)).find(
    (value): value is Words<object> => typeof value === 'object' && value !== null && 'in' in value,
  );
  assert.ok(found, file);
  await loadWords('en');
  const walk = (vi: object, en: object, path: string): { at: string; vi: Line; en: Line }[] =>
    Object.entries(vi).flatMap(([key, value]) => {
      const other = en[key as keyof typeof en] as Line;
      const at = `${path} ${key}`;
      return typeof value === 'object' ? walk(value, other as unknown as object, at) : [{ at, vi: value, en: other }];
    });
  return walk(found.in('vi'), found.in('en'), file);
}
const all = (await Promise.all(vietnamese.map(linesOf))).flat();

/** What a line is given where it wants a formatter, and what it reads where it wants a text. */
const formatter = (text: unknown): unknown =>
  Object.assign((value: unknown) => String(value), { toString: () => text });
function said(line: Line, args: readonly unknown[]): string {
  if (typeof line === 'string') return line;
  try {
    return line(...args);
  } catch {
    return line(...args.map(formatter));
  }
}
const marks = ['«0»', '«1»', '«2»', '«3»'];

test('both languages say what they were given, or neither does', () => {
  for (const { at, vi, en } of all) {
    const given = (line: Line) => marks.filter((mark) => said(line, marks).includes(mark));
    assert.deepEqual(given(en), given(vi), at);
  }
});

/** A count of one before a plural; what follows may be the verb of somebody whose name is given. */
const PLURAL = /\b1 (?!(?:is|was|has|sends|stands|stays|takes|gets|carries|lets)\b)[a-z-]*[^s\W]s\b/;
const ONES = ['1', '1', '1', '1'];
const numbered = (line: (...args: unknown[]) => string): string => {
  try {
    return line(1, 1, 1, 1);
  } catch {
    return '1 units: it takes no number';
  }
};

test('English says one unit, not one units', () => {
  for (const { at, en } of all) {
    if (typeof en === 'string') continue;
    // Counts come as they are written, or, where a line asks whether there is one, as numbers.
    const wrong = PLURAL.test(said(en, ONES)) && PLURAL.test(numbered(en));
    assert.ok(!wrong, `${at}: ${said(en, ONES)}`);
  }
});

/** The switch names the other language in that language, and one example has a name in it. */
const OTHERS = [
  'Switch to English',
  'Chuyển sang tiếng Việt',
  'Điều Hành',
  'Mr Hùng',
  'Page Up',
  'Page Down',
  'Điểm danh',
];
const without = (text: string): string => OTHERS.reduce((rest, other) => rest.replaceAll(other, ''), text);

test('no line speaks the other language', () => {
  for (const { at, vi, en } of all) {
    assert.doesNotMatch(
      without(said(en, marks)),
      /[ăâđêôơưàáảãạằắẳẵặầấẩẫậèéẻẽẹềếểễệìíỉĩịòóỏõọồốổỗộờớởỡợùúủũụừứửữựỳýỷỹỵ]/i,
      at,
    );
    assert.doesNotMatch(
      without(said(vi, marks)),
      /\b(the|and|or|of|is|are|your|units?|page|press|open|close|sound|picture|again|yet|not|live|link|briefing|stage)\b/i,
      at,
    );
  }
});

/** Terms that were given up, with the reason; docs/words.md has the table that people read. */
const given: readonly (readonly [RegExp, string])[] = [
  [/Phòng chờ|phòng chờ/, 'who is there prepares to speak: phòng chuẩn bị'],
  [/Cho xuống|đã xuống|Cho về|Cho ra/, 'nobody is ordered about: kết thúc phát biểu, đăng xuất'],
  [/Nơi giao|nơi giao/, 'an office gives a directive: cơ quan giao'],
  [/Hứa xong|hứa xong/, 'cam kết hoàn thành trước'],
  [/Người ký/, 'nobody signs: người giao'],
  [/Cách chứng minh/, 'cách xác thực'],
  [/Các xã khác|Tất cả xã|hoặc xã|tỉnh, huyện/, 'the tree is data: đơn vị, địa bàn'],
  [/mỗi quốc gia/, 'trên toàn quốc'],
  [/Mới giao/, 'say how far it has come: đã giao, đã tới'],
  [/Ghế của/, 'a calque of seat: điểm cầu'],
  [/[Mm]ở cửa(?! sổ)|Ở ngoài cửa|Cửa đã mở/, 'a calque of doors: mở phòng họp, chưa vào phòng'],
  [/[Đđ]ường dẫn/, 'liên kết, as everywhere'],
  [/của bạn|\bbạn\b/, 'the form of address is neutral: đơn vị, tài khoản này'],
  [/của tỉnh cấp|điều hành của tỉnh/, 'not every moderator is of a province'],
  [/Hội nghị tạm/, 'phiên họp'],
  [/[Vv]ắng (lúc|khi) giao/, 'a verdict, where a device is meant: không kết nối lúc giao'],
  [/[Tt]ường hình/, 'màn hình lớn'],
  [/chờ kiểm tra|được kiểm tra trước/, 'a number that is held: chờ xem lại'],
  [/(lên|rời|trên) sân khấu/i, 'figures are shown as slides are: chiếu, ngừng chiếu'],
  [/Vì sao (ghi nhận|trả lại)|Đã trả lại|[Tt]rả lại'/, 'of a held value: cho tính, loại'],
  [/giữ lại, chưa tính|bị giữ lại/, 'likewise, and the value that is shown counts'],
  [/['`](Chưa có phiên họp nào|No briefing yet)['`]/, 'there may have been one: hiện không có phiên họp nào'],
  [/['`]Thôi\b/, 'dừng cuộc gọi, bỏ danh sách, để sau'],
  [/[Đđ]ã gọi hết/, 'who could not be reached was not called: đã lần lượt qua hết'],
  [/(?<=[hlkxtgs])(òa|óa|ỏa|õa|ọa)\b|[^q](ùy|úy|ủy|ũy|ụy)\b/i, 'one way to write tone marks: xoá, huỷ, uỷ quyền'],
  [/(Tỉnh|Huyện|Xã|Phường) (?=\$\{)/, 'a noun before a name is small within a line'],
];

test('a reason that several acts are refused with speaks of none of them', () => {
  const shared = all.filter(({ at }) => /problem\.vi\.ts reason (too-late|too-many-tries|conflict)$/.test(at));
  assert.equal(shared.length, 3);
  for (const { at, vi, en } of shared) assert.doesNotMatch(`${vi} ${en}`, /điểm danh|chữ số|câu hỏi|round|digits/i, at);
});

test('how a day is typed is shown in the language of the page', () => {
  const patterns = all.filter(({ at }) => /dayField\.vi\.ts pattern$/.test(at));
  assert.deepEqual(
    patterns.map(({ vi, en }) => [vi, en]),
    [['nn/tt/nnnn', 'dd/mm/yyyy']],
  );
});

test('what is said at the door of every page with a plate is said of leaders too', () => {
  const lines = all.filter(({ at }) => /check\.vi\.ts sitting/.test(at));
  assert.ok(lines.length > 0);
  for (const { at, vi, en } of lines) assert.doesNotMatch(`${vi} ${en}`, /đơn vị|your unit/i, at);
});

test('no line has a term that was given up', () => {
  const texts = [
    ...vietnamese.map((file) => [file, textOf(new URL(file, source))] as const),
    ...papers.map((file) => [file, textOf(new URL(file, server))] as const),
  ];
  for (const [file, text] of texts) for (const [term, why] of given) assert.doesNotMatch(text, term, `${file}: ${why}`);
});

/** Names that the browser gives, and what is to be said aloud. */
const NO_LINES = new Set(['Cho phép', 'Allow', 'một, hai, ba', 'one, two, three']);

test('what a line tells to press is a line itself', () => {
  for (const language of ['vi', 'en'] as const) {
    const lines = new Set(all.map((line) => said(line[language], marks)));
    // A button that says how many it is about is named without the number: “Record”.
    const begins = all.map((line) => said(line[language], marks)).filter((text) => text.includes('«0»'));
    const isLine = (name: string) => lines.has(name) || begins.some((text) => text.startsWith(`${name} «0»`));
    for (const { at, [language]: line } of all)
      for (const [, name = ''] of said(line, marks).matchAll(/“([^”«]+)”/g))
        assert.ok(isLine(name) || NO_LINES.has(name), `${at}: nothing is called “${name}”`);
  }
});

test('KP1 no line about the state of a device names a single key, which acts only while keys are switched on', () => {
  for (const { at, vi, en } of all) {
    if (at.startsWith('briefing/words/briefing.vi.ts help')) continue;
    assert.doesNotMatch(`${said(vi, marks)} ${said(en, marks)}`, /\((phím|key) /, at);
  }
});

test('times, days and numbers are written in one place', () => {
  for (const file of files) {
    if (file === 'i18n/formats.ts' || /\.test\.tsx?$/.test(file)) continue;
    assert.doesNotMatch(
      textOf(new URL(file, source)),
      /toLocale(String|DateString|TimeString)|Intl\.(DateTimeFormat|NumberFormat|RelativeTimeFormat)/,
      file,
    );
  }
});
