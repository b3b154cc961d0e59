import type { Platform } from "modules/platform/host";
import type { ListenerConstructor } from "modules/platform/io";
import { Panel } from "modules/platform/sim/panel";
import { resolver } from "modules/platform/sim/resolver";
import { Listener, tcpClient } from "modules/platform/sim/sockets";
import { simulatedCapture } from "modules/platform/simulated/capture";
import { simulatedSensors } from "modules/platform/simulated/room";
import { xsHost } from "modules/platform/xs/host";
import Signals from "signals";

const platform: Platform = Object.freeze(
	{
		/** The SDK's desktop sockets take 1536 bytes at a time. */
		limits: { maxConnections: 16, sendBuffer: 1536, storage: 0 },
		createHost(sensors) {
			Signals.ignoreBrokenPipes();
			const host = xsHost();
			const simulated = simulatedSensors(sensors, host.random);
			const panel = new Panel({ names: sensors.map(({ name }) => name), sensors: [...simulated.values()] });
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
				log(line) {
					host.log(line);
					panel.log(line);
				},
			};
		},
	},
	true,
);

export default platform;
