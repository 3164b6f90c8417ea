const splitSections = (sdp: string): string[] => sdp.split(/\r?\n(?=m=)/).map((part) => `${part.trimEnd()}\r\n`);
const midOf = (section: string): string => /^a=mid:(\S+)/m.exec(section)?.[1] ?? '';
const isClosed = (section: string): boolean => /^m=\S+ 0 /.test(section);

/**
 * Stands between a server that closes and refills sections and the library, which can do neither: it is shown every section
 * that ever was, each under its own mid, and the answer is put together again in the server's order.
 */
export class SectionLedger {
  /** Sections by mid, as they last were while open. */
  readonly #sections = new Map<string, string>();

  /** The server's offer as the library can take it. */
  forLibrary(offer: string): string {
    const [session = '', ...sections] = splitSections(offer);
    for (const section of sections) if (!isClosed(section)) this.#sections.set(midOf(section), section);
    const group = `a=group:BUNDLE ${[...this.#sections.keys()].join(' ')}`;
    return session.replace(/^a=group:BUNDLE.*$/m, group) + [...this.#sections.values()].join('');
  }

  /** The library's answer as the server expects it: its sections, in its order, receiving where it sends. */
  forServer(offer: string, answer: string): string {
    const [session = '', ...answered] = splitSections(answer);
    const byMid = new Map(answered.map((section) => [midOf(section), section]));
    const sections = splitSections(offer).slice(1);
    const open = sections.filter((section) => !isClosed(section)).map(midOf);
    const group = `a=group:BUNDLE ${open.join(' ')}`;
    const lines = sections.map((section) => {
      const mine = isClosed(section) ? undefined : byMid.get(midOf(section));
      const [media = ''] = section.split(/\r?\n/);
      if (mine === undefined)
        return `${media.replace(/^(m=\S+) \d+/, '$1 0')}\r\na=mid:${midOf(section)}\r\na=inactive\r\n`;
      return media.startsWith('m=application') ? mine : receiveOnly(mine);
    });
    return session.replace(/^a=group:(?!BUNDLE).*\r?\n/gm, '').replace(/^a=group:BUNDLE.*$/m, group) + lines.join('');
  }
}

/** The library repeats the direction and streams of the offer, as if the viewer sent them too. */
const receiveOnly = (section: string): string =>
  section.replace(/^a=(sendrecv|sendonly)(?=\r?$)/m, 'a=recvonly').replace(/^a=(ssrc|msid).*\r?\n/gm, '');
