import unhomoglyph from 'unhomoglyph';
import { refuse } from '../../protocol/errors.ts';
import type { Tier } from '../../protocol/organisation.ts';
import { fold } from './fold.ts';

/**
 * NM4: titles of offices, by how many tiers stand above: below that tier nobody is called so. A tier of the installation may
 * add its own (column `titles` of the file of tiers).
 */
export const RESERVED_TITLES: readonly (readonly string[])[] = [
  [
    ...['Tổng Bí thư', 'Chủ tịch nước', 'Phó Chủ tịch nước', 'Chủ tịch Quốc hội', 'Phó Chủ tịch Quốc hội'],
    ...['Thủ tướng', 'Phó Thủ tướng', 'Thủ tướng Chính phủ', 'Văn phòng Chính phủ', 'Văn phòng Trung ương Đảng'],
    ...['Bộ trưởng', 'Thứ trưởng Bộ', 'Chủ nhiệm Văn phòng Chính phủ', 'Ban Bí thư', 'Bộ Chính trị'],
    ...['Ban Chấp hành Trung ương', 'Tổng Thanh tra Chính phủ', 'Thống đốc Ngân hàng Nhà nước', 'Chính phủ'],
    ...['Ban Chỉ đạo quốc gia', 'Ban Chỉ đạo Trung ương', 'Viện trưởng Viện kiểm sát nhân dân tối cao'],
    ...['Chánh án Tòa án nhân dân tối cao', 'Prime Minister', 'Deputy Prime Minister', 'Government Office'],
  ],
  [
    ...['Chủ tịch UBND tỉnh', 'Phó Chủ tịch UBND tỉnh', 'Chủ tịch Ủy ban nhân dân tỉnh', 'Chủ tịch tỉnh', 'UBND tỉnh'],
    ...[
      'Ủy ban nhân dân tỉnh',
      'Chủ tịch HĐND tỉnh',
      'Hội đồng nhân dân tỉnh',
      'Bí thư Tỉnh ủy',
      'Tỉnh ủy',
      'Giám đốc Sở',
    ],
    ...['Văn phòng UBND tỉnh', 'Chủ tịch UBND thành phố Hà Nội', 'Chủ tịch UBND thành phố Hồ Chí Minh'],
    ...['Chủ tịch UBND thành phố Hải Phòng', 'Chủ tịch UBND thành phố Đà Nẵng', 'Chủ tịch UBND thành phố Cần Thơ'],
    ...['Chủ tịch UBND thành phố Huế', 'Bí thư Thành ủy Hà Nội', 'Bí thư Thành ủy Thành phố Hồ Chí Minh'],
  ],
];

/** Words that stand before a title, and make it no other. */
const BEFORE = /^(?:dong chi|ong|ba|quyen|pho|thay mat|tm|kt|van phong|tro ly|thu ky)\s/;
/** A title of so many words is no part of another name, wherever it stands. */
const UNMISTAKABLE = 3;

/** @throws DomainError `name-reserved`: a title of a tier above the one that the name is for */
export function demandOwnTitle(name: string, tier: string, tiers: readonly Tier[]): void {
  const title = reservedIn(name, tier, tiers);
  if (title !== undefined) throw refuse('name-reserved', `“${title}” is a title of a tier above`);
}

/** NM4, NM5. @returns the title that it has, undefined when it has none of a tier above */
export function reservedIn(name: string, tier: string, tiers: readonly Tier[]): string | undefined {
  const ranks = [...tiers].sort((a, b) => a.rank - b.rank);
  const own = ranks.findIndex(({ id }) => id === tier);
  const above = ranks.slice(0, Math.max(own, 0));
  const readings = readingsOf(name);
  return above
    .flatMap(({ titles = [] }, i) => [...(RESERVED_TITLES[i] ?? []), ...titles])
    .find((title) => hasTitle(readings, readTitle(title)));
}

/** How a name reads: as a whole, twice since capitals look like others than small letters, and in its parts. */
function readingsOf(name: string) {
  const whole = [looks(name), looks(name.toLowerCase())];
  return { bare: whole.map(bare), begun: [...whole, ...name.split(/[-–—,;:(/|.]/).map(looks)] };
}

/** A shorter title may be a part of somebody's name: Thu Tường. */
const hasTitle = ({ bare: whole, begun }: ReturnType<typeof readingsOf>, title: string): boolean =>
  title.split(' ').length >= UNMISTAKABLE
    ? whole.some((read) => read.includes(bare(title)))
    : begun.some((part) => beginsWith(part, title));

const bare = (text: string): string => text.replaceAll(' ', '');

function beginsWith(text: string, title: string): boolean {
  if (text === title || text.startsWith(`${title} `)) return true;
  const rest = text.replace(BEFORE, '');
  return rest !== text && beginsWith(rest, title);
}

const titlesRead = new Map<string, string>();

/** There are few, and the roster of a country is read for all of them. */
function readTitle(title: string): string {
  const read = titlesRead.get(title) ?? looks(title);
  titlesRead.set(title, read);
  return read;
}

/** As it is read: letters that look alike are one, without accents, case and signs. */
const looks = (text: string): string =>
  fold(
    text
      .normalize('NFKD')
      .replaceAll(/\p{M}+/gu, '')
      // The search through thousands of them costs a third of a millisecond, and most names have none.
      .replaceAll(/[^\p{ASCII}đĐ]+/gu, unhomoglyph),
  );
