import { useOffice } from '../../session/OfficeContext.tsx';
import { SignOut } from '../../session/SignOut.tsx';
import { Switches } from '../../session/Switches.tsx';
import OfficePage from './OfficePage.tsx';

/** For who runs the machines and joins no briefing: the directory and the accounts, without any media. */
export default function OperatorPage() {
  const { account } = useOffice().session;
  return (
    <>
      <header className="topbar">
        <div className="who">
          <strong>{account.unit.name}</strong>
          <span>{account.name}</span>
        </div>
        <Switches />
        <SignOut />
      </header>
      <OfficePage />
    </>
  );
}
