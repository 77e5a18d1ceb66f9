import { existsSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

/** `npm run bench -- <question> [options]`: one file a question; each exports `run(args)` and prints one JSON object as its last line. */
const here = dirname(fileURLToPath(import.meta.url));
const [name, ...args] = process.argv.slice(2);
const file = join(here, `${name ?? ''}.ts`);
if (name === undefined || !/^[a-z][a-z-]*$/.test(name) || name === 'run' || !existsSync(file)) {
  process.stderr.write(
    'usage: npm run bench -- <question> [options]; questions are the files of bench/, e.g. pipeline, ingest-csv, resolve, leads, boost, graph, typologies\n',
  );
  process.exitCode = 2;
} else {
  process.stderr.write(
    `machine: ${cpus().length} × ${cpus()[0]?.model ?? 'unknown'}, ${(totalmem() / 2 ** 30).toFixed(0)} GiB, Node ${process.versions.node}\n`,
  );
  const module = (await import(pathToFileURL(file).href)) as { run: (args: readonly string[]) => Promise<void> };
  await module.run(args);
}
