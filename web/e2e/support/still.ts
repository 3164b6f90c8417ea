import type { Page } from '@playwright/test';

/**
 * While `act` runs, whatever goes on by itself reads as in every other picture: clocks, lengths, dates, counted seconds,
 * codes of seals. The page has its own text again afterwards.
 */
export async function still<T>(page: Page, act: () => Promise<T>): Promise<T> {
  const held = await page.evaluateHandle(holdText);
  try {
    return await act();
  } finally {
    await held.evaluate((release) => release());
  }
}

/** Before it is painted, so that no picture shows what was there. @returns what ends it */
function holdText(): () => void {
  const months =
    'January|February|March|April|May|June|July|August|September|October|November|December|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sep|Oct|Nov|Dec';
  const rules: readonly (readonly [what: RegExp, as: string])[] = [
    [/\b\d{1,2}:\d\d:\d\d\b/g, '09:41:07'],
    [/(?<![:\d])\d{2}:\d\d\b(?!:)/g, '09:41'],
    [/\b\d:\d\d\b/g, '1:07'],
    [/\b\d{1,2}\/\d{1,2}\/\d{4}\b/g, '26/11/2026'],
    [/thứ\s(?:Hai|Ba|Tư|Năm|Sáu|Bảy)|Chủ\snhật/g, 'thứ\u00a0Năm'],
    [/(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day/g, 'Thursday'],
    [new RegExp(`\\b\\d{1,2} (?:${months}) \\d{4}\\b`, 'g'), '26 November 2026'],
    [/dưới 1 phút/g, '7 phút'],
    [/under a minute/g, '7 min'],
    [/\b\d+(?:[.,]\d+)? (giây|phút|giờ)(?!\p{L})/gu, '7 $1'],
    [/\b\d+(?:[.,]\d+)? (second|minute|hour)s?\b/g, '7 $1s'],
    [/\b\d+(?:[.,]\d+)? (s|min|h)\b/g, '7 $1'],
    // One half of the code on a screen.
    [/^\d{4}$/g, '1126'],
    [/[\d.,]+\s[kMG]bit\/s/g, '48\u00a0Mbit/s'],
    [/\b[0-9a-f]{8}\b/g, '7f7f7f7f'],
  ];
  const own = new Map<Text, readonly [before: string, held: string]>();
  const hold = (root: Node): void => {
    const texts = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    for (let node: Node | null = texts.currentNode; node; node = texts.nextNode()) {
      if (!(node instanceof Text)) continue;
      const before = node.data;
      const held = rules.reduce((text, [what, as]) => text.replace(what, as), before);
      if (held === before) continue;
      own.set(node, [before, held]);
      node.data = held;
    }
  };
  const changes = new MutationObserver((seen) => {
    for (const { type, target, addedNodes } of seen)
      for (const node of type === 'childList' ? addedNodes : [target]) hold(node);
  });
  changes.observe(document.body, { subtree: true, childList: true, characterData: true });
  hold(document.body);
  return () => {
    changes.disconnect();
    for (const [node, [before, held]] of own) if (node.data === held) node.data = before;
  };
}
