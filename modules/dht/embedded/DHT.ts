/** `embedded:sensor/Humidity-Temperature/DHT`: the driver by the name that the SDK's sensor drivers have. */

export type { DHTConfiguration, DHTOptions, DHTSample } from "modules/dht/dht";
export { default } from "modules/dht/dht";
