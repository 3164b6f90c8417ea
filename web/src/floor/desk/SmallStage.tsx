import { Stage } from '../stage/Stage.tsx';
import './smallStage.css';

/** The stage in a column of a desk. @param className places it */
export const SmallStage = ({ className }: { className?: string }) => (
  <div className={className ? `small-stage ${className}` : 'small-stage'}>
    <Stage />
  </div>
);
