/** The ESP32's native data line. */
declare module "dataline" {
	import type { DataLineConstructor } from "modules/dht/esp32/capture";

	const DataLine: DataLineConstructor;
	export default DataLine;
}
