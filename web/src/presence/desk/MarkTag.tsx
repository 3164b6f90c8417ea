import { Hand, Radio, UserCheck } from 'lucide-react';
import { useText } from '../../i18n/useText.tsx';
import { presenceDeskWords } from '../words/desk.vi.ts';
import type { Mark } from './marks.ts';

const icons = { air: Radio, green: UserCheck, hand: Hand } as const;

/** On air, being prepared, or asking to speak. Red is on air alone. */
export function MarkTag({ mark }: { mark: Mark }) {
  const { t } = useText(presenceDeskWords);
  const Icon = icons[mark];
  return (
    <span className={`mark-tag ${mark}`}>
      <Icon size={14} aria-hidden />
      {t.mark[mark]}
    </span>
  );
}
