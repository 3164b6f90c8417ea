/** A text in place of pictures, chosen by the producer; nobody is heard behind it. (PN15) */
export const StageCard = ({ text }: { text: string }) => (
  <div className="stage-card" role="status">
    <p>{text}</p>
  </div>
);
