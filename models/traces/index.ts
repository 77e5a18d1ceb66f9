export * from './build.ts';
export { metresBetween, metresTo, polygonsOf } from './nearest.ts';
