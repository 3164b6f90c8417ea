import { useOffice } from '../session/OfficeContext.tsx';
import { ReportedContradictions } from './desk/ReportedContradictions.tsx';
import { OwnContradictions } from './seat/OwnContradictions.tsx';
import './contradiction.css';

/** AU22–AU26, on whatever page is there. */
export default function Contradictions() {
  const { acts } = useOffice().session;
  return (
    <div className="contradiction-notes">
      {acts.includes('receipt.compare') && <OwnContradictions />}
      {acts.includes('contradiction.read') && <ReportedContradictions />}
    </div>
  );
}
