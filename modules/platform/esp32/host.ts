import Digital from "embedded:io/digital";
import Chip from "chip";
import DataLine from "dataline";
import { dataLineCapture } from "modules/platform/esp32/capture";
import { type NetModule, type WiFiModule, WiFiRadio } from "modules/platform/esp32/radio";
import { noteStart, type Preferences } from "modules/platform/esp32/start";
import { partition } from "modules/platform/esp32/storage";
import { LwipUDP } from "modules/platform/esp32/udp";
import type { Platform } from "modules/platform/types";
import { XSClock } from "modules/platform/xs/clock";
import { xsHost } from "modules/platform/xs/host";
import Net from "net";
import Preference from "preference";
import resolve from "resolve";
import Time from "time";
import WiFi from "wifi";

/** A push-pull output, for a sensor's power pin. */
class Output extends Digital {
	constructor({ pin }: { pin: number }) {
		super({ pin, mode: Digital.Output });
	}
}

/** A clock that the network sets, to the second. */
class ChipClock extends XSClock {
	setTime(time: number): void {
		Time.set(Math.round(time / 1000));
	}
}

const platform: Platform = {
	/** What sdkconfig/sdkconfig.defaults gives lwIP on every chip, and partitions.csv its data partition. */
	limits: { maxConnections: 16, sendBuffer: 5744, storage: 0x2e000 },
	createHost() {
		const host = xsHost(new ChipClock());
		const log = (line: string) => {
			host.log(line);
			Chip.print(line);
		};
		const button = new Digital({ pin: Chip.bootPin, mode: Digital.InputPullUp });
		return {
			...host,
			name: "esp32",
			defaultPort: 80,
			radio: new WiFiRadio({ WiFi: WiFi as unknown as WiFiModule, Net: Net as unknown as NetModule, chip: Chip }),
			UDP: LwipUDP,
			resolve,
			pressed: () => button.read() === 0,
			start: noteStart({
				preferences: Preference as unknown as Preferences,
				resetReason: Chip.resetReason,
				setHook: hook => Object.assign(globalThis, { abort: hook }),
				log,
			}),
			PulseCapture: dataLineCapture({ clock: host.clock, DataLine }),
			Digital: Output,
			storage: partition("store", log),
			log,
		};
	},
};

export default platform;
