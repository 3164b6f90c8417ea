const DIGITS = ['không', 'một', 'hai', 'ba', 'bốn', 'năm', 'sáu', 'bảy', 'tám', 'chín'];
const GROUPS = ['', 'nghìn', 'triệu', 'tỷ'];

/** A number as it is spoken: `một nghìn hai trăm linh năm`. @param steps of 10^-scale */
export function sayVietnamese(steps: number, scale: number): string {
  const digits = String(Math.abs(steps)).padStart(scale + 1, '0');
  const whole = wholeInWords(digits.slice(0, digits.length - scale));
  const decimals = digits.slice(digits.length - scale).replace(/0+$/, '');
  const after = scale > 0 && decimals ? ` phẩy ${[...decimals].map((one) => DIGITS[Number(one)]).join(' ')}` : '';
  return `${steps < 0 ? 'âm ' : ''}${whole}${after}`;
}

function wholeInWords(digits: string): string {
  const groups: string[] = [];
  for (let end = digits.length; end > 0; end -= 3) groups.unshift(digits.slice(Math.max(0, end - 3), end));
  const said = groups.flatMap((group, i) => {
    const words = Number(group) === 0 ? '' : groupInWords(group, i > 0);
    return words ? [`${words} ${GROUPS[groups.length - 1 - i]}`.trim()] : [];
  });
  return said.length > 0 ? said.join(' ') : 'không';
}

/** @param inner something was said before it, so its hundreds are said too */
function groupInWords(group: string, inner: boolean): string {
  const [hundreds = 0, tens = 0, ones = 0] = [...group.padStart(3, '0')].map(Number);
  const words: string[] = [];
  if (inner || hundreds > 0) words.push(`${DIGITS[hundreds]} trăm`);
  if (tens === 1) words.push('mười');
  else if (tens > 1) words.push(`${DIGITS[tens]} mươi`);
  else if (ones > 0 && words.length > 0) words.push('linh');
  if (ones > 0) words.push(oneAfter(tens, ones));
  return words.join(' ');
}

function oneAfter(tens: number, ones: number): string {
  if (ones === 1 && tens > 1) return 'mốt';
  if (ones === 5 && tens > 0) return 'lăm';
  return DIGITS[ones] ?? '';
}
