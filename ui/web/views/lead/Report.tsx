import { FileWordOutlined, PrinterOutlined } from '@ant-design/icons';
import { Button, Segmented, Spin } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAddress } from '../../controls/address.ts';
import { useWords } from '../../controls/words.ts';

/** The report as it will print, in a frame in which nothing runs; and as a Word file. */
export function Report({ leadId }: { readonly leadId: string }) {
  const { t } = useTranslation('lead');
  const { at, put } = useAddress();
  const { language } = useWords();
  const lang = at('report') === 'en' || at('report') === 'zh' ? at('report')! : language;
  const [shown, setShown] = useState('');
  const address = `/api/leads/${encodeURIComponent(leadId)}/report?lang=${lang}`;
  return (
    <section className="report">
      <div className="row-wrap">
        <Segmented
          aria-label={t('reportLanguage')}
          value={lang}
          onChange={(value) => put({ report: value })}
          options={[
            { value: 'zh', label: '中文' },
            { value: 'en', label: 'English' },
          ]}
        />
        <Button icon={<FileWordOutlined />} href={`${address}&format=docx`}>
          {t('word')}
        </Button>
        <Button icon={<PrinterOutlined />} href={address} target="_blank" rel="noreferrer">
          {t('newTab')}
        </Button>
        {shown === address ? null : <Spin size="small" />}
      </div>
      <iframe key={address} title={t('report')} src={address} sandbox="" onLoad={() => setShown(address)} />
    </section>
  );
}
