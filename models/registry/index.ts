export * from './card-html.ts';
export * from './card-shape.ts';
export * from './comparison.ts';
export * from './decisions.ts';
export * from './lead-model.ts';
export * from './model-file.ts';
