import type { LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';

interface MessageProps {
  readonly icon: LucideIcon;
  readonly title: string;
  readonly body?: string;
  readonly next?: string;
  readonly detail?: ReactNode;
  readonly children?: ReactNode;
}

/** A page that says one thing: what is, why, and the next step. */
export function Message({ icon: Icon, title, body, next, detail, children }: MessageProps) {
  return (
    <main className="message">
      <Icon size={40} aria-hidden />
      <h1>{title}</h1>
      {body && <p>{body}</p>}
      {next && <p className="soft">{next}</p>}
      {children && <div className="message-acts">{children}</div>}
      {detail}
    </main>
  );
}
