import { useEffect, useRef } from 'react';
import { useText } from '../i18n/useText.tsx';
import { useAnnounce } from '../ui/Announcer.tsx';
import { useLineWord } from './LineState.tsx';
import { briefingWords } from './words/briefing.vi.ts';

/** Changes of the line are spoken once, not at the first look; who comes in for the first time is not back. */
export function useSpokenLine(): void {
  const { t } = useText(briefingWords);
  const announce = useAnnounce();
  const word = useLineWord();
  const before = useRef(word);
  useEffect(() => {
    const was = before.current;
    before.current = word;
    if (was === word || (was === 'joining' && word === 'good')) return;
    const isBack = was === 'stopped' ? t.announcePicture : t.announceBack;
    announce(word === 'good' ? isBack : `${t.lineState[word]}. ${t.lineDoes[word]}`);
  }, [word, announce, t]);
}
