const SMALL = [
  ...['zero', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten', 'eleven', 'twelve'],
  ...['thirteen', 'fourteen', 'fifteen', 'sixteen', 'seventeen', 'eighteen', 'nineteen'],
];
const TENS = ['', '', 'twenty', 'thirty', 'forty', 'fifty', 'sixty', 'seventy', 'eighty', 'ninety'];
const GROUPS = ['', 'thousand', 'million', 'billion'];

/** A number as it is spoken: `one thousand two hundred and five`. @param steps of 10^-scale */
export function sayEnglish(steps: number, scale: number): string {
  const digits = String(Math.abs(steps)).padStart(scale + 1, '0');
  const decimals = digits.slice(digits.length - scale).replace(/0+$/, '');
  const after = scale > 0 && decimals ? ` point ${[...decimals].map((one) => SMALL[Number(one)]).join(' ')}` : '';
  return `${steps < 0 ? 'minus ' : ''}${wholeInWords(Number(digits.slice(0, digits.length - scale)))}${after}`;
}

function wholeInWords(whole: number): string {
  const said: string[] = [];
  let rest = whole;
  for (let i = 0; rest > 0; i += 1) {
    const group = rest % 1000;
    rest = Math.floor(rest / 1000);
    const linked = i === 0 && rest > 0 && group < 100 ? 'and ' : '';
    if (group > 0) said.unshift(`${linked}${groupInWords(group)} ${GROUPS[i]}`.trim());
  }
  return said.length > 0 ? said.join(' ') : 'zero';
}

function groupInWords(group: number): string {
  const below = group % 100;
  const tens = TENS[Math.floor(below / 10)];
  const two = below < 20 ? SMALL[below] : below % 10 > 0 ? `${tens}-${SMALL[below % 10]}` : tens;
  if (group < 100) return two ?? '';
  const hundreds = `${SMALL[Math.floor(group / 100)]} hundred`;
  return below > 0 ? `${hundreds} and ${two}` : hundreds;
}
