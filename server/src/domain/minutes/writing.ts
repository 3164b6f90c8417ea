import { vietNamWallMs } from '../../lib/vietNamTime.ts';
import type { Language } from '../../protocol/briefing.ts';
import { codeOf, type UnitCode, type UnitPath } from '../../protocol/organisation.ts';
import { percentText } from '../../protocol/percentOf.ts';
import type { Person } from '../../protocol/person.ts';
import { inLine } from '../../protocol/placeName.ts';
import { isOfficial } from '../shared/whoSeesWhom.ts';
import type { MinutesFacts } from './ports.ts';
import { minutesWords } from './words.ts';

const numbers: Readonly<Record<Language, Intl.NumberFormat>> = {
  vi: new Intl.NumberFormat('vi-VN'),
  en: new Intl.NumberFormat('en-GB'),
};

/** How numbers, moments and names are written in one paper. */
export class Writing {
  readonly words: (typeof minutesWords)[Language];
  readonly language: Language;
  readonly #begun: string;
  readonly #nameOf: (code: UnitCode) => string;

  constructor({ language, briefing, nameOf }: Pick<MinutesFacts, 'language' | 'briefing' | 'nameOf'>) {
    this.words = minutesWords[language];
    this.language = language;
    this.#begun = dayOf(briefing.liveAt ?? briefing.scheduledAt);
    this.#nameOf = nameOf;
  }

  number(n: number): string {
    return numbers[this.language].format(n);
  }

  /** Whole steps of 10^-scale, every digit of them. */
  steps(value: number, scale: number): string {
    const digits = String(Math.abs(value)).padStart(scale + 1, '0');
    const whole = this.number(Number(digits.slice(0, digits.length - scale)));
    const text = scale === 0 ? whole : `${whole}${this.words.decimal}${digits.slice(-scale)}`;
    return value < 0 ? `-${text}` : text;
  }

  percent(part: number, of: number): string {
    return percentText(part, of) ?? '–';
  }

  /** 08 giờ 30 phút, ngày 26 tháng 11 năm 2026 */
  moment(iso: string): string {
    const { hour, minute, day, month, year } = partsOf(iso);
    return this.words.moment(hour, minute, day, month, year);
  }

  placeAndDate(iso: string): string {
    const { day, month, year } = partsOf(iso);
    return this.words.placeAndDate(day, month, year);
  }

  /** 08:30:07, and on another day than that of the beginning 00:10:07 27/11. */
  clock(iso: string): string {
    const { hour, minute, second, day, month } = partsOf(iso);
    const time = `${hour}:${minute}:${second}`;
    return dayOf(iso) === this.#begun ? time : `${time} ${day}/${month}`;
  }

  /** 17:00 27/11/2026 */
  date(iso: string): string {
    const { hour, minute, day, month, year } = partsOf(iso);
    return `${hour}:${minute} ${day}/${month}/${year}`;
  }

  length(seconds: number): string {
    return this.words.length(this.number(Math.floor(seconds / 60)), String(seconds % 60).padStart(2, '0'));
  }

  /** Thành phố Hồ Chí Minh */
  name(path: UnitPath): string {
    return this.#nameOf(codeOf(path));
  }

  /** Phường Tân Định, Quận 1, Thành phố Hồ Chí Minh: as a line begins, and without the nation. */
  place(path: UnitPath, name = this.name(path)): string {
    const above = path.split('.').slice(1, -1).reverse();
    return [name, ...above.map((code) => inLine(this.#nameOf(code)))].join(', ');
  }

  /** UBND phường Tân Định, Quận 1, Thành phố Hồ Chí Minh (Chủ tịch Lê Thị Bé) */
  speaker(one: { role: string; path: UnitPath; name: string; person: Person | null }): string {
    const who = isOfficial(one.role) ? one.name : this.place(one.path, one.name);
    return one.person ? `${who} (${[one.person.title, one.person.name].filter(Boolean).join(' ')})` : who;
  }
}

const dayOf = (iso: string): string => new Date(vietNamWallMs(iso)).toISOString().slice(0, 10);

function partsOf(iso: string) {
  const [day = '', clock = ''] = new Date(vietNamWallMs(iso)).toISOString().split('T');
  const [year = 0, month = 0, date = 0] = day.split('-').map(Number);
  const [hour = '', minute = '', second = ''] = clock.slice(0, 8).split(':');
  return { hour, minute, second, day: date, month, year };
}
