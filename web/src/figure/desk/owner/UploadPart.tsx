import { useRef, useState } from 'react';
import type { BatchAnswer, OwnedFigures, UploadPlan } from '../../../api/contract.ts';
import { useText } from '../../../i18n/useText.tsx';
import { useOffice } from '../../../session/OfficeContext.tsx';
import { ownerWords } from '../../words/owner.vi.ts';
import { Simulated } from '../Simulated.tsx';
import { ChooseFile } from './ChooseFile.tsx';
import { type ChosenFile, ownerApi } from './ownerApi.ts';
import { UploadProblem } from './UploadProblem.tsx';
import { UploadReceipt } from './UploadReceipt.tsx';
import { UploadTrial } from './UploadTrial.tsx';

type Step =
  | { readonly kind: 'choosing'; readonly error?: unknown }
  | { readonly kind: 'reading' }
  /** `key`: of the one batch of this file, however often it is pressed. */
  | { readonly kind: 'tried'; readonly file: ChosenFile; readonly plan: UploadPlan; readonly key: string }
  | { readonly kind: 'recorded'; readonly file: ChosenFile; readonly answer: BatchAnswer };

/** FG74: a file is tried first, and then exactly that is recorded. */
export function UploadPart({ owned, onRecorded }: { owned: OwnedFigures; onRecorded: () => void }) {
  const { t: words } = useText(ownerWords);
  const t = words.upload;
  const { api } = useOffice();
  const [step, setStep] = useState<Step>({ kind: 'choosing' });
  const sources = owned.sources.filter(({ mayUpload }) => mayUpload);
  const sourceOf = (file: ChosenFile) => sources.find(({ code }) => code === file.source);
  const heading = useRef<HTMLHeadingElement>(null);
  const choose = async (reading: Promise<ChosenFile>): Promise<void> => {
    setStep({ kind: 'reading' });
    try {
      const file = await reading;
      setStep({ kind: 'tried', file, plan: await ownerApi.plan(api, file), key: crypto.randomUUID() });
    } catch (error) {
      // The field that the file was chosen in could not keep the focus while it was read.
      heading.current?.focus();
      setStep({ kind: 'choosing', error });
    }
  };
  const again = (): void => {
    // The button that was pressed goes with what it stood below.
    heading.current?.focus();
    setStep({ kind: 'choosing' });
  };
  return (
    <section className="figure-own-part" aria-label={t.title}>
      <h2 ref={heading} tabIndex={-1}>
        {t.title}
      </h2>
      {sources.length === 0 && <p className="note">{t.none}</p>}
      {sources.length > 0 && (step.kind === 'choosing' || step.kind === 'reading') && (
        <>
          <p>{t.body}</p>
          {step.kind === 'choosing' && step.error !== undefined && <UploadProblem error={step.error} />}
          <ChooseFile
            sources={sources}
            indicators={owned.indicators}
            busy={step.kind === 'reading'}
            onChosen={(reading) => void choose(reading)}
          />
          <p className="soft" role="status">
            {step.kind === 'reading' && t.reading}
          </p>
        </>
      )}
      {'file' in step && sourceOf(step.file)?.simulated && <Simulated />}
      {step.kind === 'tried' && (
        <UploadTrial
          {...{ file: step.file, plan: step.plan, batch: step.key, indicators: owned.indicators }}
          onDropped={again}
          onRecorded={(answer) => {
            setStep({ kind: 'recorded', file: step.file, answer });
            onRecorded();
          }}
        />
      )}
      {step.kind === 'recorded' && (
        <UploadReceipt
          {...{ file: step.file, answer: step.answer }}
          source={sourceOf(step.file)?.name ?? step.file.source}
          simulated={sourceOf(step.file)?.simulated ?? false}
          onNext={again}
        />
      )}
    </section>
  );
}
