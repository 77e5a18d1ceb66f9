import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
// AssemblyScript is needed only to change the kernel: its output, wasm.ts, is kept beside it.
import asc from 'assemblyscript/asc';

const FLAGS =
  '-O3 --noAssert --runtime stub --enable simd --enable threads --importMemory --sharedMemory --maximumMemory 65536';

/** Compiles kernel.as. @returns the WebAssembly module as base64 */
export async function compileKernel(): Promise<string> {
  const source = readFileSync(new URL('./kernel.as', import.meta.url), 'utf8');
  let binary: Uint8Array | null = null;
  let messages = '';
  const { error } = await asc.main(['kernel.ts', ...FLAGS.split(' '), '-o', 'kernel.wasm'], {
    stderr: { write: (text: string | Uint8Array) => (messages += String(text)) !== '' },
    readFile: (name: string) => (name === 'kernel.ts' ? source : null),
    writeFile: (name: string, contents: string | Uint8Array) => {
      if (name === 'kernel.wasm') binary = contents as Uint8Array;
    },
    listFiles: () => [],
  });
  if (error !== null || binary === null) throw new Error(`compileKernel: ${messages}`, { cause: error });
  return Buffer.from(binary as Uint8Array).toString('base64');
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const base64 = await compileKernel();
  writeFileSync(
    new URL('./wasm.ts', import.meta.url),
    `/** kernel.as as compiled by build.ts (\`node --import tsx models/boost/kernel/build.ts\`), base64; a test compares the two. */\nexport const KERNEL_WASM =\n  '${base64}';\n`,
  );
}
