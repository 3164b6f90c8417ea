import { Phone } from 'lucide-react';
import type { ComponentProps } from 'react';
import { useText } from '../i18n/useText.tsx';
import { Message } from '../ui/Message.tsx';
import { useInstallation } from './InstallationContext.tsx';
import { dialled } from './telephone.ts';
import { sessionWords } from './words/session.vi.ts';
import './support.css';

/** Whom to ring when the page does not help any more; nothing where nobody was named. @param why what for */
export function Support({ why }: { why?: string | undefined }) {
  const { t } = useText(sessionWords);
  const { supportTelephone } = useInstallation();
  if (supportTelephone === null) return null;
  return (
    <p className="support">
      <Phone size={20} aria-hidden />
      <span>{why ?? t.support}</span>
      <a href={dialled(supportTelephone)}>{supportTelephone}</a>
    </p>
  );
}

/** A page that says what went wrong, and whom to ring. @param ring what for, if not for help */
export function ProblemMessage({
  ring,
  detail,
  ...rest
}: ComponentProps<typeof Message> & { ring?: string | undefined }) {
  return (
    <Message
      {...rest}
      detail={
        <>
          <Support why={ring} />
          {detail}
        </>
      }
    />
  );
}
