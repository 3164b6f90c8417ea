import FiguresDesk from '../../figure/desk/owner/FiguresDesk.tsx';
import { ComponentLanguage } from '../../ui/ComponentLanguage.tsx';

/** FG39: for a steward, who has no other desk. */
export function FigureOwnerPage() {
  return (
    <div className="console office">
      <main className="office-main">
        <ComponentLanguage>
          <section className="desk">
            <div className="desk-body">
              <FiguresDesk />
            </div>
          </section>
        </ComponentLanguage>
      </main>
    </div>
  );
}
