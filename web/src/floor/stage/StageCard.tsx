/** A text in place of pictures, chosen by the producer. Sound goes on. */
export const StageCard = ({ text }: { text: string }) => (
  <div className="stage-card" role="status">
    <p>{text}</p>
  </div>
);
