import type { Command } from 'commander';
import type { CliContext } from '../context.ts';
import { registerAccount, registerAudit } from './account.ts';
import { registerDemo } from './demo.ts';
import { registerDoctor } from './doctor.ts';
import { registerGraph } from './graph/index.ts';
import { registerIngest } from './ingest.ts';
import { registerLead, registerLeads } from './leads.ts';
import { registerMake } from './make.ts';
import { registerModels } from './models.ts';
import { registerReport } from './report.ts';
import { registerRun } from './run.ts';
import { registerServe } from './serve.ts';
import { registerResolve } from './resolve.ts';
import { registerRetrain, registerTrain } from './train.ts';
import { registerTrial } from './trial.ts';
import { registerVerify } from './verify.ts';
import { registerWhy } from './why.ts';

/** Every command of the program, in the order in which help lists them. */
export const COMMANDS: readonly ((program: Command, context: CliContext) => void)[] = [
  registerDemo,
  registerMake,
  registerIngest,
  registerRun,
  registerLeads,
  registerLead,
  registerReport,
  registerWhy,
  registerResolve,
  registerVerify,
  registerGraph,
  registerTrain,
  registerRetrain,
  registerModels,
  registerTrial,
  registerServe,
  registerAccount,
  registerAudit,
  registerDoctor,
];
