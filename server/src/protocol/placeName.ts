/** Common nouns of administrative units. Longer ones first, since `Thị xã` begins no `Thị trấn`. */
const NOUN = /^(Thành phố|Thị trấn|Thị xã|Đặc khu|Phường|Huyện|Quận|Tỉnh|Xã)(?= )/;
/** The noun is part of the name: with a number (`Quận 1`), and in the one city that the decree names. */
const PART_OF_NAME = /^(\S+ )+?\d|^Thành phố Hồ Chí Minh$/;

/**
 * How the name of a unit is written inside a line (Nghị định 30/2020, annex II): the common noun is small before a name
 * of its own, `huyện Lạng Giang`; `Quận 1` and `Thành phố Hồ Chí Minh` stay. What is no such name is left as it is.
 */
export const inLine = (name: string): string =>
  PART_OF_NAME.test(name) ? name : name.replace(NOUN, (noun) => noun.toLowerCase());

/** Provinces are known without the word for them. */
export const shortName = (name: string): string => name.replace(/^(Tỉnh|Thành phố) (?=\p{Lu})/u, '');

/** PN37: `Đa Kao` of `Phường Đa Kao`, where a picture has no room for more; `Phường 14` stays. */
export const nameAlone = (name: string): string =>
  PART_OF_NAME.test(name) ? name : name.replace(NOUN, '').trimStart();
