import { sha256 } from "modules/auth/sha256";
import type { Firmware } from "modules/platform/firmware";
import type { Platform } from "modules/platform/host";
import type { ListenerConstructor } from "modules/platform/io";
import { Panel } from "modules/platform/sim/panel";
import { resolver } from "modules/platform/sim/resolver";
import { Listener, tcpClient } from "modules/platform/sim/sockets";
import { simulatedSensors } from "modules/platform/simulated/attached-sensors";
import { simulatedCapture } from "modules/platform/simulated/capture";
import { MemoryStorage } from "modules/platform/simulated/memory-storage";
import { blockSize, flashSize, openSlots, ownImage } from "modules/platform/simulated/slots";
import { xsHost } from "modules/platform/xs/host";
import Signals from "signals";

/** Slots in memory: they end with the program. */
function firmware(version: string, restart: () => void): Firmware {
	const storage = new MemoryStorage(flashSize, blockSize);
	storage.write(0, ownImage(version, sha256));
	return openSlots(storage, sha256, restart).firmware;
}

const platform: Platform = Object.freeze(
	{
		/** The SDK's desktop sockets take 1536 bytes at a time. */
		limits: { maxConnections: 16, sendBuffer: 1536, storage: 0 },
		createHost(sensors) {
			Signals.ignoreBrokenPipes();
			const host = xsHost();
			const simulated = simulatedSensors(sensors, host.random);
			const panel = new Panel({ names: sensors.map(({ name }) => name), sensors: [...simulated.values()] });
			const log = (line: string) => {
				host.log(line);
				panel.log(line);
			};
			return {
				...host,
				name: "simulator",
				defaultPort: 8081,
				address: "127.0.0.1",
				storage: undefined,
				Listener: Listener as unknown as ListenerConstructor,
				TCP: tcpClient(2),
				resolve: resolver(host.clock),
				PulseCapture: simulatedCapture({ clock: host.clock, sensors: simulated }),
				update: firmware(host.version, () => {
					log("the simulator restarts with the program itself: firmware in its slots ends with it");
					panel.restart();
				}),
				log,
			};
		},
	},
	true,
);

export default platform;
