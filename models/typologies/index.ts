export * from './registry.ts';
export * from './run.ts';
export type { EvidenceItem, LookAlike, ParameterValues, SignalRule, Typology, TypologyParameter } from './typology.ts';
