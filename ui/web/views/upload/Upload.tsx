import { Button, Result, Steps, Typography } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Committed, Mapping, UploadDraft } from '../../../contract/index.ts';
import { figure } from '../../controls/numbers.ts';
import { ColumnsStep } from './ColumnsStep.tsx';
import { FileStep } from './FileStep.tsx';
import { PreviewStep } from './PreviewStep.tsx';
import { ThingsStep } from './ThingsStep.tsx';
import { firstMapping, missingOf, tidied } from './mapping.ts';
import './upload.css';

const STEPS = ['file', 'columns', 'things', 'preview', 'done'] as const;

/** A new table in five steps, without code (a2); nothing of the workspace changes before the last. */
export default function Upload() {
  const { t } = useTranslation('upload');
  const [step, setStep] = useState(0);
  const [draft, setDraft] = useState<UploadDraft | null>(null);
  const [mapping, setMapping] = useState<Mapping | null>(null);
  const [done, setDone] = useState<Committed | null>(null);
  const begin = (next: UploadDraft): void => {
    setDraft(next);
    setMapping(firstMapping(next));
    setStep(1);
  };
  const again = (): void => {
    setDraft(null);
    setMapping(null);
    setDone(null);
    setStep(0);
  };
  const missing = mapping === null ? [] : missingOf(mapping);
  return (
    <div className="page">
      <header className="page-head">
        <h1>{t('title')}</h1>
        <Typography.Text type="secondary">{t('intro')}</Typography.Text>
      </header>
      <Steps size="small" current={step} items={STEPS.map((s) => ({ title: t(`step.${s}`) }))} />
      {step === 0 || draft === null || mapping === null ? (
        <FileStep taken={begin} />
      ) : step === 1 ? (
        <ColumnsStep draft={draft} mapping={mapping} change={(m) => setMapping(tidied(m))} />
      ) : step === 2 ? (
        <ThingsStep mapping={mapping} change={(m) => setMapping(tidied(m))} />
      ) : step === 3 ? (
        <PreviewStep
          uploadId={draft.uploadId}
          mapping={mapping}
          done={(result) => {
            setDone(result);
            setStep(4);
          }}
        />
      ) : done === null ? null : (
        <Done result={done} again={again} />
      )}
      {step < 1 || step > 3 ? null : (
        <footer className="row-wrap">
          <Button onClick={() => (step === 1 ? again() : setStep(step - 1))}>
            {step === 1 ? t('again') : t('before')}
          </Button>
          {step === 3 ? null : (
            <Button type="primary" disabled={step === 2 && missing.length > 0} onClick={() => setStep(step + 1)}>
              {step === 2 ? t('preview') : t('next')}
            </Button>
          )}
          {step === 2 && missing.length > 0 ? (
            <Typography.Text type="warning">{missing.map((m) => t(m)).join('、')}</Typography.Text>
          ) : null}
        </footer>
      )}
    </div>
  );
}

function Done({ result, again }: { readonly result: Committed; readonly again: () => void }) {
  const { t } = useTranslation('upload');
  return (
    <Result
      status={result.state === 'red' ? 'warning' : 'success'}
      title={
        result.outcome === 'skipped'
          ? t('skipped')
          : t('committed', {
              accepted: figure(result.acceptedRows),
              refused: figure(result.refusedRows),
              yaml: result.yaml,
            })
      }
      subTitle={[...result.reasons, t('run')].join(' · ')}
      extra={[
        <Link key="health" to={`/health?source=${encodeURIComponent(result.source)}`}>
          {t('toHealth')}
        </Link>,
        <Button key="again" onClick={again}>
          {t('another')}
        </Button>,
      ]}
    />
  );
}
