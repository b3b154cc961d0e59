import Digital from "embedded:io/digital";
import TCP from "embedded:io/socket/tcp";
import Flash from "embedded:storage/flash";
import OTA from "embedded:update";
import Chip from "chip";
import DataLine from "dataline";
import cutHead from "head";
import { dataLineCapture } from "modules/dht/esp32/capture";
import { forgetCrash, type Preferences, recordBoot } from "modules/platform/esp32/boot-info";
import { ChipFirmware } from "modules/platform/esp32/firmware";
import { sparing } from "modules/platform/esp32/pins";
import { type NetModule, type WiFiModule, WiFiRadio } from "modules/platform/esp32/radio";
import { partition } from "modules/platform/esp32/storage";
import { LwipUDP } from "modules/platform/esp32/udp";
import type { Host, Platform } from "modules/platform/host";
import type { TCPClientConstructor } from "modules/platform/io";
import { XSClock } from "modules/platform/xs/clock";
import { xsHost } from "modules/platform/xs/host";
import Net from "net";
import Preference from "preference";
import resolve from "resolve";
import Serial from "serial";
import Slots from "slots";
import Time from "time";
import WiFi from "wifi";
import Wlan from "wlan";

/** Connections that the device opens. */
const outgoing = 2;

/** A push-pull output, for a sensor's power pin. */
class Output extends Digital {
	constructor({ pin }: { pin: number }) {
		super({ pin, mode: Digital.Output });
	}
}

/** Opens the slot that does not run, as the SDK names it. */
const openSlot = () => OTA.open({ partition: Flash.open({ path: "nextota" }) });

/** A clock that the network sets, to the second. */
class ChipClock extends XSClock {
	setTime(time: number): void {
		Time.set(Math.round(time / 1000));
	}
}

const platform: Platform = Object.freeze(
	{
		/** Of this build's lwIP, less the connections that the device opens; and of partitions.csv. */
		get limits() {
			return {
				maxConnections: Chip.connections - outgoing,
				sendBuffer: Chip.sendBuffer,
				storage: 0x2e000,
				chip: Chip.target,
			};
		},
		createHost(): Host {
			const host = xsHost(new ChipClock());
			const earlier = Serial.takeEarlier();
			const log = (line: string) => {
				host.log(line);
				Serial.print(line);
			};
			const button = new Digital({ pin: Chip.bootPin, mode: Digital.InputPullUp });
			return {
				...host,
				cutHead,
				name: "esp32",
				defaultPort: 80,
				radio: new WiFiRadio({
					WiFi: WiFi as unknown as WiFiModule,
					Net: Net as unknown as NetModule,
					Wlan,
					mac: Chip.mac,
				}),
				UDP: LwipUDP,
				TCP: TCP as unknown as TCPClientConstructor,
				resolve,
				pressed: () => button.read() === 0,
				bootInfo: recordBoot({
					preferences: Preference as unknown as Preferences,
					resetReason: Chip.resetReason,
					earlier,
					setHook: hook => Object.assign(globalThis, { abort: hook }),
					log,
				}),
				PulseCapture: dataLineCapture({ clock: host.clock, DataLine: sparing(DataLine, Chip) }),
				Digital: sparing(Output, Chip),
				...(Serial.receives && { serial: Serial }),
				storage: partition("store", log),
				...(Slots.rollsBack && { update: new ChipFirmware({ slots: Slots, open: openSlot }) }),
				forget: () => forgetCrash(Preference),
				log,
				heapFree: () => Chip.heapFree,
				heapLeast: () => Chip.heapLeast,
				heapLargestBlock: () => Chip.heapLargestBlock,
			};
		},
	},
	true,
);

export default platform;
