import Digital from "embedded:io/digital";
import DataLine from "dataline";
import { dataLineCapture } from "modules/platform/esp32/capture";
import { wifiNetwork } from "modules/platform/esp32/network";
import { partition } from "modules/platform/esp32/storage";
import type { Platform } from "modules/platform/types";
import { xsHost } from "modules/platform/xs/host";

/** A push-pull output, for a sensor's power pin. */
class Output extends Digital {
	constructor({ pin }: { pin: number }) {
		super({ pin, mode: Digital.Output });
	}
}

const platform: Platform = {
	/** What sdkconfig/sdkconfig.defaults gives lwIP on every chip, and partitions.csv its data partition. */
	limits: { maxConnections: 16, sendBuffer: 5744, storage: 0x2e000 },
	createHost() {
		const host = xsHost();
		return {
			...host,
			name: "esp32",
			defaultPort: 80,
			network: wifiNetwork(host.clock, host.log),
			PulseCapture: dataLineCapture({ clock: host.clock, DataLine }),
			Digital: Output,
			storage: partition("store", host.log),
		};
	},
};

export default platform;
