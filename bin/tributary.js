#!/usr/bin/env node
// The sources are erasable TypeScript and run as they are: tsx strips the types, nothing is compiled at install.
import { register } from 'tsx/esm/api';

register();
const { main } = await import('../ui/cli/main.ts');
process.exitCode = await main(process.argv.slice(2));
