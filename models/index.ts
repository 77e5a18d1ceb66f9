export { codeVersion } from './code-version.ts';
export * from './pipeline/index.ts';
