const splitSections = (sdp: string): string[] => sdp.split(/\r?\n(?=m=)/).map((part) => `${part.trimEnd()}\r\n`);
const linesOf = (section: string): string[] => section.trimEnd().split(/\r?\n/);
const joined = (lines: readonly string[]): string => `${lines.join('\r\n')}\r\n`;
const midOf = (section: string): string => /^a=mid:(\S+)/m.exec(section)?.[1] ?? '';
const kindOf = (section: string): string => /^m=(\S+)/.exec(section)?.[1] ?? '';
const isClosed = (section: string): boolean => /^m=\S+ 0 /.test(section);

const STREAMS = /^a=ssrc(-group)?:/;
const OFFERED = /^a=(mid|extmap|rtcp-mux|rtpmap|rtcp-fb|fmtp)\b(?!-)/;
const OWN_TRANSPORT = /^a=(setup|ice-ufrag|ice-pwd|fingerprint|candidate|end-of-candidates)\b/;

/**
 * Stands between a server that closes and refills sections and the library, which can do neither, and which wakes the
 * process through one handle for each section, walking along all handles each time: it is shown one section for each
 * kind of media, with all streams that ever were, and the answer is put together for the server's sections.
 */
export class SectionLedger {
  /** By kind, in the order in which they first came: the section as the library knows it, and the lines of its streams. */
  readonly #sections = new Map<string, { readonly section: string; readonly streams: Set<string> }>();

  /** The server's offer as the library can take it. */
  forLibrary(offer: string): string {
    const [session = '', ...sections] = splitSections(offer);
    for (const section of sections) if (!isClosed(section)) this.#note(section);
    const known = [...this.#sections.values()];
    const group = `a=group:BUNDLE ${known.map(({ section }) => midOf(section)).join(' ')}`;
    const shown = known.map(({ section, streams }) => section + (streams.size > 0 ? joined([...streams]) : ''));
    return session.replace(/^a=group:BUNDLE.*$/m, group) + shown.join('');
  }

  /** The library's answer as the server expects it: its sections, in its order, receiving where it sends. */
  forServer(offer: string, answer: string): string {
    const [session = '', ...answered] = splitSections(answer);
    const byKind = new Map(answered.map((section) => [kindOf(section), section]));
    const sections = splitSections(offer).slice(1);
    const open = sections.filter((section) => !isClosed(section)).map(midOf);
    const group = `a=group:BUNDLE ${open.join(' ')}`;
    const lines = sections.map((section) => {
      const mine = isClosed(section) ? undefined : byKind.get(kindOf(section));
      const [media = ''] = linesOf(section);
      if (mine === undefined)
        return `${media.replace(/^(m=\S+) \d+/, '$1 0')}\r\na=mid:${midOf(section)}\r\na=inactive\r\n`;
      return kindOf(section) === 'application' ? mine : receiving(section, mine);
    });
    return session.replace(/^a=group:(?!BUNDLE).*\r?\n/gm, '').replace(/^a=group:BUNDLE.*$/m, group) + lines.join('');
  }

  #note(section: string): void {
    const lines = linesOf(section);
    const isMedia = kindOf(section) !== 'application';
    const known = this.#sections.get(kindOf(section)) ?? {
      section: joined(isMedia ? lines.filter((line) => !STREAMS.test(line)) : lines),
      streams: new Set<string>(),
    };
    this.#sections.set(kindOf(section), known);
    if (isMedia) for (const line of lines) if (STREAMS.test(line)) known.streams.add(line);
  }
}

/** What a section offers, all of it taken, by the transport of what the library answered for its kind. */
function receiving(offered: string, answered: string): string {
  const [media = '', ...lines] = linesOf(offered);
  const mine = linesOf(answered);
  const port = mine[0]?.split(' ')[1] ?? '9';
  return joined([
    media.replace(/^(m=\S+) \d+/, `$1 ${port}`),
    ...mine.filter((line) => line.startsWith('c=')),
    ...lines.filter((line) => OFFERED.test(line)),
    'a=recvonly',
    ...mine.filter((line) => OWN_TRANSPORT.test(line)),
  ]);
}
