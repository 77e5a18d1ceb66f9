import { Button, Tag, Tooltip } from 'antd';
import { useTranslation } from 'react-i18next';
import { useAskName } from './use-ask-name.tsx';
import type { Saving } from './use-saving.ts';

const COLORS: Readonly<Partial<Record<Saving['standing'], string>>> = {
  saved: 'success',
  saving: 'processing',
  conflict: 'error',
  failed: 'error',
};

/** The name of the view, how it stands with the server, and saving under a name. */
export function SaveBar({ saving }: { readonly saving: Saving }) {
  const { t } = useTranslation('explore');
  const ask = useAskName();
  const { standing } = saving;
  return (
    <span className="save-bar">
      <strong className="view-name" title={saving.name ?? t('draft')}>
        {saving.name ?? t('draft')}
      </strong>
      <Tooltip title={saving.problem}>
        <output>
          <Tag color={COLORS[standing] ?? 'default'}>{t(`standing.${standing}`)}</Tag>
        </output>
      </Tooltip>
      {saving.viewId === null || standing === 'read-only' ? (
        <Button size="small" type="primary" onClick={() => ask(t('saveAs'), '', saving.saveAs)}>
          {t('save')}
        </Button>
      ) : (
        <Button size="small" onClick={() => ask(t('versionName'), '', saving.saveVersion)}>
          {t('saveVersion')}
        </Button>
      )}
      {standing === 'conflict' ? (
        <>
          <Button size="small" danger onClick={() => void saving.reload()}>
            {t('takeTheirs')}
          </Button>
          <Button size="small" onClick={() => ask(t('saveAs'), `${saving.name ?? ''} 2`, saving.saveAs)}>
            {t('saveAs')}
          </Button>
        </>
      ) : null}
    </span>
  );
}
