import { sha256 } from "modules/auth/sha256";
import type { Firmware } from "modules/platform/firmware";
import type { Platform } from "modules/platform/host";
import type { ListenerConstructor } from "modules/platform/io";
import { Panel } from "modules/platform/sim/panel";
import { resolver } from "modules/platform/sim/resolver";
import { Listener, tcpClient } from "modules/platform/sim/sockets";
import { hasRadio, openState } from "modules/platform/sim/state";
import { surroundings } from "modules/platform/sim/surroundings";
import { attach, simulatedSensors } from "modules/platform/simulated/attached-sensors";
import { simulatedCapture } from "modules/platform/simulated/capture";
import { MemoryStorage } from "modules/platform/simulated/memory-storage";
import { SimulatedRadio } from "modules/platform/simulated/radio";
import { blockSize, flashSize, openSlots, ownImage } from "modules/platform/simulated/slots";
import { xsHost } from "modules/platform/xs/host";
import Signals from "signals";

/** Of every network: the simulator is reached at no other. */
const address = "127.0.0.1";

/** Slots in memory: they end with the program. */
function firmware(version: string, restart: () => void): Firmware {
	const storage = new MemoryStorage(flashSize, blockSize);
	storage.write(0, ownImage(version, sha256));
	return openSlots(storage, sha256, restart).firmware;
}

/** The SDK's desktop sockets take 1536 bytes at a time; the storage is that of partitions.csv. */
const limits = Object.freeze({ maxConnections: 16, sendBuffer: 1536, storage: 0x2e000 }, true);

const platform: Platform = Object.freeze(
	{
		limits,
		createHost(sensors) {
			Signals.ignoreBrokenPipes();
			const host = xsHost();
			const { clock } = host;
			const simulated = simulatedSensors(sensors, host.random);
			const networks = surroundings["Home and Guest"]!;
			const radio = hasRadio()
				? new SimulatedRadio({ clock, networks, address, accessPointAddress: address })
				: undefined;
			const panel = new Panel({ clock, simulated, radio });
			panel.showSensors(sensors);
			const log = (line: string) => {
				host.log(line);
				panel.log(line);
			};
			return {
				...host,
				name: "simulator",
				defaultPort: 8081,
				address,
				...(radio && { radio }),
				pressed: () => panel.pressed,
				storage: openState(limits.storage, log),
				Listener: Listener as unknown as ListenerConstructor,
				TCP: tcpClient(2),
				resolve: resolver(clock),
				PulseCapture: simulatedCapture({
					clock,
					sensors: simulated,
					onTrain: (pin, train) => panel.showTrain(pin, train),
				}),
				attach(attached) {
					attach(simulated, attached, host.random);
					panel.showSensors(attached);
				},
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
