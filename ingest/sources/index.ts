export * from './binding.ts';
export * from './channels.ts';
export * from './district.ts';
export * from './faults.ts';
export * from './yaml.ts';
