import { InboxOutlined } from '@ant-design/icons';
import { useMutation } from '@tanstack/react-query';
import { Progress, Upload } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type UploadDraft, uploadDraft } from '../../../contract/index.ts';
import { ApiProblem } from '../../client/api.ts';
import { Problem } from '../../controls/Problem.tsx';

/** Takes a file and sends it; the answer is what its columns seem to be. */
export function FileStep({ taken }: { readonly taken: (draft: UploadDraft) => void }) {
  const { t } = useTranslation('upload');
  const [sent, setSent] = useState(0);
  const send = useMutation({ mutationFn: (file: File) => sendFile(file, setSent), onSuccess: taken });
  return (
    <>
      {send.error === null ? null : <Problem error={send.error} />}
      <Upload.Dragger
        showUploadList={false}
        disabled={send.isPending}
        beforeUpload={(file) => {
          setSent(0);
          send.mutate(file);
          return false;
        }}
      >
        <p className="ant-upload-drag-icon">
          <InboxOutlined />
        </p>
        <p className="ant-upload-text">{t('drop')}</p>
        <p className="ant-upload-hint">{t('formats')}</p>
      </Upload.Dragger>
      {send.isPending ? (
        <Progress percent={Math.round(sent * 100)} aria-label={t('uploading', { p: `${Math.round(sent * 100)}%` })} />
      ) : null}
    </>
  );
}

/** `fetch` cannot say how much was sent; this old way can. */
function sendFile(file: File, progress: (share: number) => void): Promise<UploadDraft> {
  const csrf = /(?:^|; )tributary\.csrf=([^;]+)/.exec(document.cookie)?.[1] ?? '';
  return new Promise((done, fail) => {
    const request = new XMLHttpRequest();
    request.open('POST', `/api/uploads?fileName=${encodeURIComponent(file.name)}`);
    request.setRequestHeader('content-type', 'application/octet-stream');
    request.setRequestHeader('x-csrf-token', decodeURIComponent(csrf));
    request.upload.addEventListener('progress', (event) =>
      progress(event.total === 0 ? 0 : event.loaded / event.total),
    );
    request.addEventListener('error', () => fail(new ApiProblem(0, 'unreachable', file.name)));
    request.addEventListener('load', () => {
      const json = _parsed(request.responseText);
      if (request.status !== 200) {
        const problem = json as { code?: string; detail?: string } | null;
        fail(new ApiProblem(request.status, problem?.code ?? 'unknown', problem?.detail ?? request.statusText));
        return;
      }
      const checked = uploadDraft.safeParse(json);
      if (checked.success) done(checked.data);
      else fail(new ApiProblem(200, 'wrong-shape', checked.error.message));
    });
    request.send(file);
  });
}

function _parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
