/** What the library's formatter hands to a sentence. */
interface Said {
  readonly [name: string]: string | number | boolean;
}
interface Formatter {
  number(value: number): string;
}
type Sentence = string | ((said: Said, formatter: Formatter) => string);

const options = (count: unknown, formatter: Formatter): string =>
  Number(count) === 0 ? 'Không có lựa chọn nào' : `Có ${formatter.number(Number(count))} lựa chọn`;

/**
 * What the component library says by itself, to who hears the page: it has no Vietnamese, and would speak English. By
 * its dictionaries, and in them by its own names (`build/componentWords.ts`).
 */
export const componentWords: Readonly<Record<string, Readonly<Record<string, Sentence>>>> = {
  overlays: { dismiss: 'Đóng' },
  menu: { longPressMessage: 'Nhấn giữ, hoặc bấm Alt và mũi tên xuống, để mở danh sách' },
  combobox: {
    focusAnnouncement: (said, formatter) =>
      [
        said.isGroupChange ? `Nhóm ${said.groupTitle}. ${options(said.groupCount, formatter)}. ` : '',
        said.optionText,
        said.isSelected ? ', đang được chọn' : '',
      ].join(''),
    countAnnouncement: (said, formatter) => `${options(said.optionCount, formatter)}.`,
    selectedAnnouncement: (said) => `Đã chọn ${said.optionText}`,
    buttonLabel: 'Hiện gợi ý',
    listboxLabel: 'Gợi ý',
  },
  grid: {
    deselectedItem: (said) => `Đã bỏ chọn ${said.item}.`,
    select: 'Chọn',
    selectedCount: (said, formatter) =>
      said.count === 0 ? 'Chưa chọn mục nào.' : `Đã chọn ${formatter.number(Number(said.count))} mục.`,
    selectedAll: 'Đã chọn tất cả.',
    selectedItem: (said) => `Đã chọn ${said.item}.`,
    longPressToSelect: 'Nhấn giữ để bắt đầu chọn.',
  },
};
