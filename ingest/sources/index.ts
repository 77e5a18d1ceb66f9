export * from './channels.ts';
export * from './district.ts';
