import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { format } from 'prettier';
import { accessDocument } from '../access-doc.ts';

/** Writes docs/access.md anew. */
const file = fileURLToPath(new URL('../../../docs/access.md', import.meta.url));
writeFileSync(file, await format(accessDocument(), { parser: 'markdown', printWidth: 120, singleQuote: true }));
