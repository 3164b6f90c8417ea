import { useOffice } from '../../session/OfficeContext.tsx';
import { PageHead } from '../../session/PageHead.tsx';
import { SignOut } from '../../session/SignOut.tsx';
import OfficePage from './OfficePage.tsx';

/** For who runs the machines and joins no briefing: the directory and the accounts, without any media. */
export default function OperatorPage() {
  const { account } = useOffice().session;
  return (
    <>
      <PageHead name={account.unit.name} line={account.name} way={<SignOut />} />
      <OfficePage />
    </>
  );
}
