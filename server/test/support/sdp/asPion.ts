/**
 * An answer in the form that pion (Go) gives it: one fingerprint above all sections; role and credentials in each of
 * them; no streams of its own; extensions in an order of its own; repairs described by `apt` alone.
 */
export function asPion(answer: string): string {
  const [head = '', ...sections] = answer.split(/\r?\n(?=m=)/);
  const lines = (text: string) => text.split(/\r?\n/).filter((line) => line !== '');
  const of = (text: string, name: RegExp) => lines(text).filter((line) => name.test(line));
  const fingerprint = of(answer, /^a=fingerprint:/).slice(0, 1);
  const credentials = ['ufrag', 'pwd'].flatMap((name) => of(answer, new RegExp(`^a=ice-${name}:`)).slice(0, 1));
  const role = of(answer, /^a=setup:/).slice(0, 1);
  const candidates = of(answer, /^a=candidate:/);
  const body = sections.flatMap((section, i) => {
    const [media = '', ...rest] = lines(section);
    const moved = /^a=(fingerprint|ice-|setup|ssrc|msid|candidate|end-of-candidates|extmap)/;
    const extensions = of(section, /^a=extmap:/).toReversed();
    return [
      media.replace(/^(m=\w+) [1-9]\d*/, '$1 9'),
      'c=IN IP4 0.0.0.0',
      ...role,
      ...rest.filter((line) => line.startsWith('a=') && !moved.test(line)),
      ...credentials,
      ...extensions,
      ...(i === 0 ? [...candidates, 'a=end-of-candidates'] : []),
    ];
  });
  const session = lines(head).filter((line) => /^([vost]=|a=(group|extmap-allow-mixed))/.test(line));
  return [...session, ...fingerprint, ...body, ''].join('\r\n');
}

/** The same without the payload types of `rtx`. */
export function withoutRtx(answer: string): string {
  const dropped = [...answer.matchAll(/^a=rtpmap:(\d+) rtx\//gm)].map(([, type]) => type);
  const lines = answer
    .split('\r\n')
    .filter((line) => !dropped.some((t) => line.match(`^a=(rtpmap|fmtp|rtcp-fb):${t} `)));
  const formats = (line: string) => line.split(' ').filter((part, i) => i < 3 || !dropped.includes(part));
  return lines.map((line) => (line.startsWith('m=') ? formats(line).join(' ') : line)).join('\r\n');
}
