import type { LeadSummary } from '../../models/queries/index.ts';
import { escapeXml } from '../../models/reports/index.ts';
import { OPERATIONS } from './routes/index.ts';

const STYLE =
  "body{font:15px/1.6 'Noto Sans SC','PingFang SC','Microsoft YaHei',sans-serif;max-width:980px;margin:2rem auto;padding:0 1rem;color:#222}table{border-collapse:collapse;width:100%}th,td{border:1px solid #ccc;padding:.3rem .6rem;text-align:left;vertical-align:top}th{background:#f2f4f7}a{color:#0072B2}code{background:#f4f4f4;padding:0 .2rem}";

/** The leads of the served run with links to their reports. */
export function leadsPage(runId: string, leads: readonly LeadSummary[]): string {
  const rows = leads.map((l) => {
    const id = encodeURIComponent(l.leadId);
    const chance = l.probability === null ? '—' : `${(l.probability * 100).toFixed(0)}%`;
    const pick = l.pick === 'exploration' ? '探索抽取' : '';
    return `<tr><td>${l.rank}</td><td><a href="/api/leads/${id}/report">${escapeXml(l.label)}</a></td><td>${escapeXml(l.kind)}</td><td>${chance}</td><td>${escapeXml(l.typologies.join('、'))}</td><td>${pick}</td><td><a href="/api/leads/${id}/report?lang=en">en</a> · <a href="/api/leads/${id}/report?format=docx">Word</a> · <a href="/api/leads/${id}/evidence">证据链</a></td></tr>`;
  });
  const body =
    leads.length === 0
      ? '<p>本次运行没有线索。No lead in this run.</p>'
      : `<table><thead><tr><th>位次</th><th>对象</th><th>类别</th><th>查实概率</th><th>模型</th><th>备注</th><th>报告</th></tr></thead><tbody>${rows.join('')}</tbody></table>`;
  return page(
    '线索 Leads',
    `<h1>百川 Tributary</h1><p>运行 <code>${escapeXml(runId)}</code> · <a href="/docs">API</a> · 线索不作为处罚或定罪依据。</p>${body}`,
  );
}

/** What to do while there is no run. */
export function emptyPage(message: string): string {
  return page('百川 Tributary', `<h1>百川 Tributary</h1><p>${escapeXml(message)}</p><p><a href="/docs">API</a></p>`);
}

/** The operations of the API in words; the document itself is at /openapi.json. */
export function docsPage(): string {
  const rows = OPERATIONS.map((op) => {
    const fields = [...Object.keys(op.params?.shape ?? {}), ...Object.keys(op.query?.shape ?? {})]
      .map((n) => `<code>${escapeXml(n)}</code>`)
      .join(' ');
    return `<tr><td><code>${(op.method ?? 'get').toUpperCase()} ${escapeXml(op.path)}</code></td><td>${escapeXml(op.summary)}</td><td>${fields}</td></tr>`;
  });
  return page(
    'API',
    `<h1>API</h1><p>OpenAPI 3.1: <a href="/openapi.json">/openapi.json</a>. Errors are <code>application/problem+json</code>.</p><table><thead><tr><th>Operation</th><th>What</th><th>Parameters</th></tr></thead><tbody>${rows.join('')}</tbody></table>`,
  );
}

function page(title: string, body: string): string {
  return `<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><title>${escapeXml(title)}</title><style>${STYLE}</style></head><body>${body}</body></html>`;
}
