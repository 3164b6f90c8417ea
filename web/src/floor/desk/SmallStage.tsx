import { Stage } from '../stage/Stage.tsx';
import './smallStage.css';

/** The stage in a column of a desk. @param className places it @param silent where its sound is on the page already */
export const SmallStage = ({ className, silent = false }: { className?: string; silent?: boolean }) => (
  <div className={className ? `small-stage ${className}` : 'small-stage'}>
    <Stage silent={silent} />
  </div>
);
