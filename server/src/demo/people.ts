import { hash } from 'node:crypto';
import type { Contacts } from '../protocol/contacts.ts';
import type { Unit, UnitCode } from '../protocol/organisation.ts';

const families = 'Nguyễn Trần Lê Phạm Huỳnh Phan Vũ Võ Đặng Bùi Đỗ Hồ Ngô Dương Lý'.split(' ');
const men = 'Văn Hùng,Văn Tâm,Đức Thành,Minh Quang,Quốc Bảo,Hữu Phước,Thanh Sơn,Công Danh,Xuân Trường,Anh Tuấn'.split(
  ',',
);
const women = 'Thị Lan,Thị Hồng,Ngọc Mai,Thu Hà,Kim Oanh,Thanh Thuỷ,Minh Nguyệt,Thị Hạnh,Bích Ngọc,Phương Thảo'.split(
  ',',
);
const givenNames = [...men, ...women];

/** Who is rung first and who stands in, by how far below the root a unit is. */
const titles = [
  ['Chánh Văn phòng', 'Phó Chánh Văn phòng'],
  ['Chánh Văn phòng UBND', 'Phó Chánh Văn phòng UBND'],
] as const;
const below = ['Chủ tịch UBND', 'Phó Chủ tịch UBND'] as const;

/**
 * Invented people of a unit, the same at each start. No number in Viet Nam begins with 0000: nobody is rung by a demo.
 */
export function peopleOf({ code, path }: Pick<Unit, 'code' | 'path'>): Contacts & { readonly unit: UnitCode } {
  const bytes = hash('sha256', `demo:${code}`, 'buffer');
  const person = (nr: number) => ({
    name: `${families[(bytes[nr] ?? 0) % families.length]} ${givenNames[(bytes[nr + 4] ?? 0) % givenNames.length]}`,
    telephone: telephone(bytes.readUInt32BE(8 + nr * 4)),
  });
  const [leader, deputy] = titles[path.split('.').length - 1] ?? below;
  return {
    unit: code,
    telephone: telephone(bytes.readUInt32BE(24)),
    people: [
      { ...person(0), title: leader, deputy: false },
      { ...person(1), title: deputy, deputy: true },
    ],
  };
}

const telephone = (random: number): string =>
  String(random % 1_000_000)
    .padStart(6, '0')
    .replace(/^(...)(...)$/, '0000 $1 $2');
