import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-backend-cpu';
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import { registerGradients } from './gradients.ts';

/** TensorFlow.js ready to compute: WebAssembly (SIMD, one thread, so that sums come in one order and runs repeat byte for byte), else plain JavaScript.
 *  The `.wasm` files are the installed package's own; nothing is fetched. */
export async function networkBackend(wanted: 'wasm' | 'cpu' = 'wasm'): Promise<typeof tf> {
  registerGradients(tf);
  if (wanted === 'wasm') {
    const here = createRequire(import.meta.url).resolve('@tensorflow/tfjs-backend-wasm/package.json');
    setWasmPaths(`${join(dirname(here), 'dist')}/`);
    tf.env().set('WASM_HAS_MULTITHREAD_SUPPORT', false);
    if (await tf.setBackend('wasm').catch(() => false)) return tf;
  }
  await tf.setBackend('cpu');
  await tf.ready();
  return tf;
}
