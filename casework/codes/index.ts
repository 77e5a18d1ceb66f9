/** Codes that people choose from, as data without a library, so that the page can read them too. */
export * from './cases.ts';
export * from './purposes.ts';
export * from './rights.ts';
export * from './verdicts.ts';
