import type { Command } from 'commander';
import { join, resolve } from 'node:path';
import { type Clock, type Progress, SILENT } from '../../ingest/base/index.ts';
import { type WorkspacePaths, workspacePaths } from '../../models/workspace/index.ts';
import { type Terminal, TerminalProgress } from './terminal.ts';

/** What every command is handed; nothing global, so that tests run commands in process. */
export interface CliContext {
  readonly terminal: Terminal;
  readonly cwd: string;
  readonly clock: Clock;
  /** Stops `serve` and `demo`. */
  readonly signal: AbortSignal;
}

/** Options of the program that hold for every command. */
export interface Shared {
  readonly paths: WorkspacePaths;
  readonly json: boolean;
  readonly progress: Progress & { end?: () => void };
}

/** Reads the options that stand before or after the command's name. */
export function sharedOf(command: Command, context: CliContext): Shared {
  const options = command.optsWithGlobals<{ workspace?: string; json?: boolean; quiet?: boolean }>();
  return {
    paths: workspacePaths(resolve(context.cwd, options.workspace ?? 'workspace')),
    json: options.json === true,
    progress: options.quiet === true ? SILENT : new TerminalProgress(context.terminal),
  };
}

/** Prints an answer: one JSON document for machines, or text for people. */
export function answer(context: CliContext, shared: Shared, value: unknown, text: string): void {
  shared.progress.end?.();
  context.terminal.out.write(shared.json ? `${JSON.stringify(value)}\n` : `${text}\n`);
}

/** A path of the user's, from where they stand. */
export function fromHere(context: CliContext, path: string): string {
  return resolve(context.cwd, path);
}

/** Where `demo` keeps its departments' files. */
export function demoData(paths: WorkspacePaths): string {
  return join(paths.root, 'demo', 'data');
}
