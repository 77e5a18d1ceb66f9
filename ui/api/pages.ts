import { escapeXml } from '../../models/reports/index.ts';
import { OPERATIONS } from './routes/index.ts';

const STYLE =
  "body{font:15px/1.6 'Noto Sans SC','PingFang SC','Microsoft YaHei',sans-serif;max-width:980px;margin:2rem auto;padding:0 1rem;color:#222}table{border-collapse:collapse;width:100%}th,td{border:1px solid #ccc;padding:.3rem .6rem;text-align:left;vertical-align:top}th{background:#f2f4f7}a{color:#0072B2}code{background:#f4f4f4;padding:0 .2rem}";

/** Where the built page is missing: what to do. */
export function emptyPage(): string {
  return page(
    '百川 Tributary',
    '<h1>百川 Tributary</h1><p>网页尚未生成：在源代码目录运行 <code>npm run web</code>，再重新启动。The page is not built: run <code>npm run web</code> in the source folder, then start again.</p><p><a href="/docs">API</a></p>',
  );
}

/** The operations of the API in words; the document itself is at /openapi.json. */
export function docsPage(): string {
  const rows = OPERATIONS.map((op) => {
    const fields = [...Object.keys(op.params?.shape ?? {}), ...Object.keys(op.query?.shape ?? {})]
      .map((n) => `<code>${escapeXml(n)}</code>`)
      .join(' ');
    return `<tr><td><code>${(op.method ?? 'get').toUpperCase()} ${escapeXml(op.path)}</code></td><td>${escapeXml(op.summary)}</td><td>${fields}</td><td><code>${escapeXml(op.right)}</code></td></tr>`;
  });
  return page(
    'API',
    `<h1>API</h1><p>OpenAPI 3.1: <a href="/openapi.json">/openapi.json</a>. Errors are <code>application/problem+json</code>.</p><table><thead><tr><th>Operation</th><th>What</th><th>Parameters</th><th>Right</th></tr></thead><tbody>${rows.join('')}</tbody></table>`,
  );
}

function page(title: string, body: string): string {
  return `<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><title>${escapeXml(title)}</title><style>${STYLE}</style></head><body>${body}</body></html>`;
}
