/** Stands in for Node's own modules, which `ingest/base` names but the page never calls. */
function missing(): never {
  throw new Error('this function is not there in a browser');
}

export const createHash = missing;
export const createReadStream = missing;
