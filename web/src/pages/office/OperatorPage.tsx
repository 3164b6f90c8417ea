import { useOffice } from '../../session/OfficeContext.tsx';
import { PageHead } from '../../session/PageHead.tsx';
import { SignOut } from '../../session/SignOut.tsx';
import { FigureOwnerPage } from './FigureOwnerPage.tsx';
import OfficePage from './OfficePage.tsx';

/** For who joins no briefing: the directory and the accounts of who runs the machines, the figures of a steward; no media. */
export default function OperatorPage() {
  const { account, acts } = useOffice().session;
  return (
    <>
      <PageHead name={account.name} line={account.unit.name} way={<SignOut />} />
      {acts.includes('figure.own') ? <FigureOwnerPage /> : <OfficePage />}
    </>
  );
}
