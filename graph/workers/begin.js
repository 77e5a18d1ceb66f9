// What a thread begins with: it does not inherit the loader of its parent, so it registers tsx itself, as the program does, and then loads the worker named beside it.
import { register } from 'tsx/esm/api';

register();
await import('./measure.worker.ts');
