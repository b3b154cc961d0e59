import { deepEqual, equal, ok } from "node:assert/strict";
import { test } from "node:test";
import { firstBoot } from "../../modules/app/boot-state.js";
import { HTTPService } from "../../modules/app/http-service.js";
import { MQTTService, type PublishedComponents } from "../../modules/app/mqtt-service.js";
import { sensorData, sensorFault } from "../../modules/app/sensor-events.js";
import { Configuration } from "../../modules/config/configuration.js";
import type { Settings } from "../../modules/config/settings.js";
import { Log } from "../../modules/log/log.js";
import type { Network } from "../../modules/network/network.js";
import type { Host } from "../../modules/platform/host.js";
import type { Radio } from "../../modules/platform/radio.js";
import type { FaultReport, Reading, SensorState } from "../../modules/sampling/sampler.js";
import { fakeHost } from "../fakes/host.js";
import { FakeBroker, topicsOf } from "../mqtt/broker.js";

const limits = { maxConnections: 16, sendBuffer: 5744, storage: 0 };
const discovery = "homeassistant/device/dht246f28abcdef/config";

/** A service at a broker in memory, of a device with these settings. */
class Harness {
	readonly broker = new FakeBroker();
	readonly configuration: Configuration;
	readonly service: MQTTService;
	/** Of the sensors, as the sampler has them. */
	states = [{ name: "Room", pin: 4, model: "DHT22", intervalMs: 2000 }];

	constructor(config: Partial<Settings> = {}, given: Partial<Host> = {}) {
		const { clock, network, resolve, random, lines } = this.broker;
		const host = fakeHost({
			clock,
			TCP: network.TCP,
			resolve,
			random,
			radio: { mac: "24:6F:28:AB:CD:EF" } as Radio,
			log: line => lines.push(line),
			...given,
		});
		const { text } = host;
		const log = new Log(host);
		const settings = log.from("settings");
		this.configuration = new Configuration({ config, limits, storage: undefined, text, log: settings });
		const harness = this;
		const components: PublishedComponents = {
			host,
			log,
			configuration: this.configuration,
			boot: firstBoot(host),
			sensors: {
				get states() {
					return harness.states as SensorState[];
				},
			},
			service: new HTTPService({
				host,
				identity: this.configuration.settings,
				log: settings,
				server: { routes: { get: () => undefined } },
			}),
			network: { signalDbm: -61 } as Network,
		};
		this.service = new MQTTService(components);
	}

	open(): void {
		this.service.open("192.0.2.5");
		this.broker.advance(300);
	}

	change(patch: Partial<Settings>): void {
		this.configuration.change(patch, () => {});
		this.service.change();
		if (this.broker.hasEnded) this.broker.peer = undefined;
		this.broker.advance(300);
	}
}

test("without a broker nothing is opened, looked up or kept", () => {
	const { broker, service } = new Harness();
	service.open("192.0.2.5");
	service.change();
	service.close();
	deepEqual([service.state, broker.lookups, broker.clock.pending, broker.lines], [null, [], 0, []]);
});

test("without a network nothing is tried", () => {
	const { broker, service } = new Harness({ mqttHost: "broker.local" });
	service.change();
	deepEqual([service.state, broker.lookups], [null, []]);
});

test("a host that opens no connections has no broker", () => {
	const harness = new Harness({ mqttHost: "broker.local" }, { TCP: undefined as never });
	harness.open();
	deepEqual([harness.service.state, harness.broker.lookups], [null, []]);
});

test("a device is discovered by its hardware address, with the page's URL", () => {
	const harness = new Harness({ mqttHost: "broker.local" });
	harness.open();
	const { dev } = JSON.parse(harness.broker.kept.get(discovery)!);
	deepEqual(
		[dev.ids, dev.name, dev.cu, dev.sw, dev.hw, dev.mdl],
		[["dht246f28abcdef"], "dht", "http://192.0.2.5/", "1.0.0", "test", "DHT22"],
	);
});

test("unique ids are the same after a restart, whatever the names are then", () => {
	const idsOf = (name: string, sensor: string) => {
		const harness = new Harness({ mqttHost: "broker.local", name });
		harness.states = [{ name: sensor, pin: 4, model: "DHT22", intervalMs: 2000 }];
		harness.open();
		return [...harness.broker.kept.get(discovery)!.matchAll(/"uniq_id":"([^"]+)"/g)].map(([, id]) => id);
	};
	const ids = idsOf("dht", "Room");
	equal(ids.length, 8);
	deepEqual(idsOf("dht", "Room"), ids);
	deepEqual(idsOf("attic", "Den"), ids);
});

test("a device without a radio has its name for it", () => {
	const harness = new Harness({ mqttHost: "broker.local", name: "den" }, { radio: undefined as never });
	harness.open();
	ok(harness.broker.kept.has("homeassistant/device/den/config"));
});

test("readings and faults are published as the stream has them", () => {
	const harness = new Harness({ mqttHost: "broker.local" });
	harness.open();
	const { broker, service } = harness;
	broker.messages.length = 0;
	const { ticks } = broker.clock;
	const raw = { calibrated: false, rawHumidity: 46.4, rawTemperature: 21.5 };
	const sample: Reading = { sensor: "Room", temperature: 21.5, humidity: 46.4, ticks, ...raw };
	const failed: FaultReport = {
		sensor: "Room",
		error: "checksum",
		message: "bits changed",
		failures: 1,
		status: "fault",
		ticks,
	};
	service.onReading(sample);
	service.onFault(failed);
	broker.settle();
	const of = (topic: string) => JSON.parse(broker.messages.filter(message => message.topic === topic).at(-1)!.payload);
	deepEqual(of("dht/dht/Room/state"), sensorData(sample));
	deepEqual(of("dht/dht/Room/fault"), sensorFault(failed));
});

test("the device's state has the signal and why it restarted", () => {
	const harness = new Harness(
		{ mqttHost: "broker.local" },
		{ bootInfo: { reason: "watchdog", boots: 2, lastCrash: null } },
	);
	harness.open();
	const state = harness.broker.messages.find(({ topic }) => topic === "dht/dht/device");
	const { signalDbm, restart, update } = JSON.parse(state!.payload);
	deepEqual([signalDbm, restart, update], [-61, "watchdog", null]);
});

test("a change of other settings leaves the connection alone", () => {
	const harness = new Harness({ mqttHost: "broker.local" });
	harness.open();
	harness.change({ units: "F", language: "pt" });
	equal(harness.broker.connects.length, 1);
});

test("a change of the broker's settings, the name or the sensors goes on with them", () => {
	const harness = new Harness({ mqttHost: "broker.local" });
	harness.open();
	const { broker } = harness;
	topicsOf(broker);
	harness.change({ mqttPrefix: "house" });
	deepEqual(topicsOf(broker), ["house/dht/status", "dht/dht/status", discovery, "house/dht/device"]);
	harness.change({ name: "attic" });
	deepEqual(topicsOf(broker), ["house/attic/status", "house/dht/status", discovery, "house/attic/device"]);
	harness.states = [{ name: "Den", pin: 6, model: "DHT22", intervalMs: 2000 }];
	harness.change({});
	deepEqual(topicsOf(broker), ["house/attic/status", discovery, discovery, "house/attic/device"]);
	ok(!broker.kept.get(discovery)!.includes("4_temperature"));
	equal(broker.network.open.size, 1);
});

test("another address of the device, as of another network, connects anew", () => {
	const harness = new Harness({ mqttHost: "broker.local" });
	harness.open();
	harness.service.open("192.0.2.6");
	harness.broker.advance(300);
	equal(harness.broker.connects.length, 2);
	ok(harness.broker.kept.get(discovery)!.includes("192.0.2.6"));
});

test("a broker that is taken away is left, and no timer stays", () => {
	const harness = new Harness({ mqttHost: "broker.local" });
	harness.open();
	harness.change({ mqttHost: "" });
	const { broker, service } = harness;
	deepEqual([service.state, broker.network.open.size, broker.clock.pending], [null, 0, 0]);
});

test("user and password are sent to the broker, and published nowhere", () => {
	const harness = new Harness({ mqttHost: "broker.local", mqttUser: "me", mqttPassword: "very secret" });
	harness.open();
	const { broker } = harness;
	ok(broker.connects[0]!.endsWith("\0\x02me\0\x0bvery secret"));
	ok(!broker.messages.some(({ payload }) => payload.includes("secret")));
	ok(!broker.lines.some(line => line.includes("secret")));
});

test("a password without a user is not sent", () => {
	const harness = new Harness({ mqttHost: "broker.local", mqttPassword: "very secret" });
	harness.open();
	ok(!harness.broker.connects[0]!.includes("secret"));
});
