import {
  ExternalLink,
  Gavel,
  LoaderCircle,
  type LucideIcon,
  Presentation,
  Server,
  UserRound,
  Users,
} from 'lucide-react';
import { type ReactNode, useEffect, useState } from 'react';
import type { Api } from '../api/Api.ts';
import { type DemoRole, demoRolesSchema } from '../api/contract.ts';
import { useText } from '../i18n/useText.tsx';
import { guidedLink } from '../session/guided.ts';
import { PageHead } from '../session/PageHead.tsx';
import { Message } from '../ui/Message.tsx';
import { uiWords } from '../ui/words/ui.vi.ts';
import { appWords } from './words/app.vi.ts';
import { rolesWords } from './words/roles.vi.ts';
import './roles.css';

const KINDS = ['principal', 'moderator', 'seat', 'operator'] as const;
const icons: Readonly<Record<DemoRole['role'], LucideIcon>> = {
  principal: Gavel,
  moderator: Users,
  seat: UserRound,
  operator: Server,
};

interface RoleProps {
  readonly icon: LucideIcon;
  readonly role: string;
  readonly does: string;
  readonly ways: readonly Pick<DemoRole, 'name' | 'url'>[];
  /** The one to begin with, who is told what to try. */
  readonly first?: boolean;
}

/**
 * DC7: the first page of a demo, from where each of its people is opened in a tab of their own. Its children, the door of every
 * installation, are shown where no demo offers anybody, and when somebody wants them.
 */
export default function Roles({ api, children }: { api: Pick<Api, 'ask'>; children: ReactNode }) {
  const { t: app } = useText(appWords);
  const { t: ui } = useText(uiWords);
  const { t } = useText(rolesWords);
  const [roles, setRoles] = useState<readonly DemoRole[]>();
  useEffect(() => {
    let stopped = false;
    const show = (found: readonly DemoRole[]): void => {
      if (!stopped) setRoles(found);
    };
    // No demo, or no server: the door says what is the matter.
    api.ask('/api/demo/roles', demoRolesSchema).then(
      (answer) => show(answer.roles),
      () => show([]),
    );
    return () => {
      stopped = true;
    };
  }, [api]);
  if (!roles) return <Message icon={LoaderCircle} title={ui.loading} />;
  if (roles.length === 0) return children;
  return (
    <>
      <PageHead name={app.name} line={app.tagline} />
      <main className="roles">
        <h1>{t.title}</h1>
        <p className="soft">{t.body}</p>
        <ul>
          {KINDS.map((kind) => (
            <Role
              key={kind}
              icon={icons[kind]}
              {...t[kind]}
              ways={roles.filter(({ role }) => role === kind)}
              first={kind === 'principal'}
            />
          ))}
          <Role icon={Presentation} {...t.wall} ways={[{ name: t.wall.name, url: '/wall' }]} />
        </ul>
        <button type="button" className="button quiet" onClick={() => setRoles([])}>
          {t.door}
        </button>
      </main>
    </>
  );
}

/** One role in words, and each of its people as a link. A role of which nobody is left is not there. */
function Role({ icon: Icon, role, does, ways, first = false }: RoleProps) {
  const { t } = useText(rolesWords);
  if (ways.length === 0) return null;
  return (
    <li className="role">
      <Icon size={28} aria-hidden />
      <div>
        <h2>{role}</h2>
        <p className="soft">{does}</p>
      </div>
      <div className="role-ways">
        {ways.map(({ name, url }) => (
          // Without its opener a tab begins with no session of another one.
          <a
            key={url}
            className={first ? 'button primary' : 'button'}
            href={first ? guidedLink(url) : url}
            target="_blank"
            rel="noopener"
            aria-label={t.as(role, name)}
          >
            {name}
            <ExternalLink size={18} aria-hidden />
          </a>
        ))}
      </div>
    </li>
  );
}
