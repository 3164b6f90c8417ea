import { ReportedContradictions } from '../contradiction/desk/ReportedContradictions.tsx';
import { OwnContradictions } from '../contradiction/seat/OwnContradictions.tsx';
import { useOffice } from '../session/OfficeContext.tsx';
import '../contradiction/contradiction.css';

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
