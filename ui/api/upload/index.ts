export { commitMapping } from './commit.ts';
export { descriptionOf, formatOf, yamlOf } from './describe.ts';
export { UPLOAD_MAX_BYTES, inspectUpload, takeUpload } from './draft.ts';
export { guessKind, guessName, guessPersonal } from './guess.ts';
export { previewMapping } from './preview.ts';
