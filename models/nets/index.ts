export { aggregatorsOf, type Aggregator } from './aggregate.ts';
export { networkFromText, textOfNetwork, type NetworkModel } from './network-model.ts';
export { predictNetwork, type NodeTable } from './predict-network.ts';
export { temperatureOf } from './temperature.ts';
export {
  NETWORK_DEFAULTS,
  trainNetwork,
  type NetworkData,
  type NetworkOptions,
  type NetworkRun,
} from './train-network.ts';
