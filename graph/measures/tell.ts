/** Told how much of a long measure is done: `done` of `total` steps (start nodes, iterations, rounds); called after each. May throw: the measure then ends with that. */
export type Tell = (done: number, total: number) => void;
