import { LoaderCircle } from 'lucide-react';
import { useEffect } from 'react';
import { useText } from '../i18n/useText.tsx';
import { returnDelay } from '../lib/jitter.ts';
import { Message } from '../ui/Message.tsx';
import { appWords } from './words/app.vi.ts';

/** A whole province may have been moved: its pages come back one after the other. */
const WITHIN_MS = 8_000;

/** Unit or role are others than when the page was loaded, so it is loaded anew; what waits to be sent is kept. */
export function Moved() {
  const { t } = useText(appWords);
  useEffect(() => {
    const timer = setTimeout(() => window.location.reload(), returnDelay(0, WITHIN_MS));
    return () => clearTimeout(timer);
  }, []);
  return <Message icon={LoaderCircle} title={t.moved} body={t.movedBody} />;
}
