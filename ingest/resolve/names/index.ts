export * from './address.ts';
export * from './company-name.ts';
export * from './legal-forms.ts';
export * from './places.ts';
export * from './plate.ts';
export * from './readings.ts';
export * from './romanize.ts';
