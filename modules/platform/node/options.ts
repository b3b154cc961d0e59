import { parseArgs } from "node:util";
import type { Press } from "../simulated/button.js";
import type { SimulatedFault } from "../simulated/fault-injection.js";
import type { Absence, SimulatedNetwork } from "../simulated/radio.js";
import { simulatedFaults } from "../simulated/sensor.js";

/** Networks of the simulated radio unless others are given. */
const networks: SimulatedNetwork[] = [
	{ ssid: "Home", password: "correct horse", dBm: -52 },
	{ ssid: "Café", password: undefined, dBm: -71 },
	{ ssid: "Far away", password: "battery staple", dBm: -93 },
];
const networkText = networks.map(({ ssid, password = "", dBm }) => `${ssid}:${password}:${dBm}`).join(", ");

export const usage = `npm start -- [options]

  --port N         TCP port to serve, 1 to 65535, or 0 for any free one (default 8081)
  --host ADDRESS   address to serve on (default 127.0.0.1, this computer alone; 0.0.0.0 for the whole network)
  --sensor NAME=MODEL
                   simulate this sensor; may be given several times (default: those of the configuration)
  --fault KIND:PROBABILITY
                   inject this fault into a share of the simulated frames, 0 to 1; may be given several times
                   (${simulatedFaults.join(", ")})
  --replay FILE    play recorded pulse trains instead of simulating a sensor
  --interval MS    time between two readings (default 2000; at least 10 in a replay)
  --config FILE    configuration (default moddable.config.json)
  --state FILE     keep history and changed settings in this file through a restart (default: they are
                   forgotten)
  --speed N        let the device's time pass so many times as fast, 1 to 1000 (default 1): five minutes take 5 s at 60
  --setup          start as a chip that knows no Wi-Fi: a simulated radio opens an access point, which is this address
  --wifi NAME:PASSWORD:DBM
                   a network of the simulated radio, open without a password, out of reach below -90 dBm; with :hidden
                   at its end no scan finds it, with :no-dhcp it gives no address;
                   may be given several times (default with --setup: ${networkText})
  --away NAME:AT:MS
                   that network is away AT ms after the start, for MS; may be given several times
  --serial PATH    let a client of Improv set the device up over this serial port or pseudo-terminal, on which the
                   console's lines are printed, too
  --mqtt mqtt://USER:PASSWORD@HOST:PORT/PREFIX
                   publish to this broker; all but the host may be left out (default: that of the configuration)
  --press AT:MS    press the simulated BOOT button AT ms after the start, for MS; may be given several times
  --help           this text`;

export interface Options {
	help: boolean;
	port: number | undefined;
	host: string;
	replay: string | undefined;
	intervalMs: number | undefined;
	config: string | undefined;
	/** The file that stands for the chip's data partition. */
	state: string | undefined;
	/** So many ms of the device pass in one. */
	speed: number;
	/** Whether what the configuration says of Wi-Fi is forgotten. */
	setup: boolean;
	/** Networks of a simulated radio; without them there is none. */
	wifi: SimulatedNetwork[] | undefined;
	/** Of these networks. */
	absences: Absence[];
	/** A serial port of the computer. */
	serial: string | undefined;
	/** Of the simulated button. */
	presses: Press[];
	/** Settings of the broker; empty for those of the configuration. */
	mqtt: Readonly<Record<string, unknown>>;
	/** Simulated in place of the configuration's. */
	sensors: { name: string; model: string }[];
	/** Probabilities by kind. */
	faults: Partial<Record<SimulatedFault, number>>;
}

const single = ["port", "host", "replay", "interval", "config", "state", "speed", "serial", "mqtt"] as const;
const repeated = ["sensor", "fault", "wifi", "away", "press"] as const;
const flags = ["help", "setup"] as const;
const options = Object.fromEntries([
	["help", { type: "boolean", short: "h" }],
	["setup", { type: "boolean" }],
	...single.map(name => [name, { type: "string" }]),
	...repeated.map(name => [name, { type: "string", multiple: true }]),
]);

function whole(name: string, value: string | undefined, min: number, most: number): number | undefined {
	if (value === undefined) return;
	const number = /^\d{1,9}$/.test(value) ? Number(value) : -1;
	if (number < min || number > most)
		throw new Error(`--${name} ${JSON.stringify(value)} is not allowed; a whole number from ${min} to ${most} is`);
	return number;
}

/** `Room=DHT22`; the name may hold the sign, too. */
function readSensor(value: string): Options["sensors"][number] {
	const at = value.lastIndexOf("=");
	if (at < 1 || at === value.length - 1)
		throw new Error(`--sensor ${JSON.stringify(value)} is not allowed; a name and a model like Room=DHT22 are`);
	return { name: value.slice(0, at), model: value.slice(at + 1) };
}

/** `Home:correct horse:-52`; the password may hold the sign, too. */
function readNetwork(value: string): SimulatedNetwork {
	const [, ssid, password, dBm, flags = ""] =
		/^([^:]{1,32}):(|.{8,63}):(-\d{1,3})((?::hidden|:no-dhcp)*)$/.exec(value) ?? [];
	if (ssid === undefined)
		throw new Error(
			`--wifi ${JSON.stringify(value)} is not allowed; NAME:PASSWORD:DBM like "Home:correct horse:-52" is, with no password or 8 to 63 characters`,
		);
	const isHidden = flags.includes("hidden");
	return { ssid, password: password || undefined, dBm: Number(dBm), isHidden, lacksDHCP: flags.includes("dhcp") };
}

/** `Home:5000:60000`. */
function readAbsence(value: string): Absence {
	const [, ssid, atMs, forMs] = /^([^:]{1,32}):(\d{1,9}):(\d{1,9})$/.exec(value) ?? [];
	if (ssid === undefined)
		throw new Error(
			`--away ${JSON.stringify(value)} is not allowed; NAME:AT:MS like Home:5000:60000 is, in whole milliseconds`,
		);
	return { ssid, atMs: Number(atMs), forMs: Number(forMs) };
}

/** `2000:100`. */
function readPress(value: string): Press {
	const [, atMs, forMs] = /^(\d{1,9}):(\d{1,9})$/.exec(value) ?? [];
	if (atMs === undefined)
		throw new Error(`--press ${JSON.stringify(value)} is not allowed; AT:MS like 2000:100 is, in whole milliseconds`);
	return { atMs: Number(atMs), forMs: Number(forMs) };
}

/** `mqtt://user:password@broker.local:1883/dht`. */
function readBroker(value: string): Options["mqtt"] {
	try {
		const { protocol, username, password, hostname, port, pathname } = new URL(value);
		if (protocol === "mqtt:" && hostname !== "")
			return {
				mqttHost: hostname,
				...(port && { mqttPort: port }),
				...(username && { mqttUser: decodeURIComponent(username), mqttPassword: decodeURIComponent(password) }),
				...(pathname.length > 1 && { mqttPrefix: decodeURIComponent(pathname.slice(1)) }),
			};
	} catch {
		// It is no URL.
	}
	throw new Error(
		`--mqtt ${JSON.stringify(value)} is not allowed; a URL like mqtt://user:password@broker.local:1883/dht is`,
	);
}

/** `checksum:0.05`. */
function readFault(value: string): [SimulatedFault, number] {
	const [name, share = ""] = value.split(":", 2);
	const kind = simulatedFaults.find(kind => kind === name);
	const probability = /^(0|1|0?\.\d+|1\.0+|0\.)$/.test(share) ? Number(share) : Number.NaN;
	if (!kind || !(probability >= 0 && probability <= 1) || value.split(":").length !== 2)
		throw new Error(
			`--fault ${JSON.stringify(value)} is not allowed; KIND:PROBABILITY is, with a kind of ${simulatedFaults.join(", ")} and a probability from 0 to 1`,
		);
	return [kind, probability];
}

const list = "npm start -- --help lists the options";

/** @throws {Error} One line that names the option and what is allowed. */
export function readOptions(args: string[]): Options {
	const { values, tokens } = parseArgs({ args, options, strict: false, allowPositionals: true, tokens: true });
	for (const token of tokens) {
		if (token.kind === "positional") throw new Error(`${JSON.stringify(token.value)} is not an option; ${list}`);
		if (token.kind !== "option") continue;
		if (!(token.name in options)) throw new Error(`unknown option ${token.rawName}; ${list}`);
		if (flags.some(name => name === token.name)) {
			if (token.value !== undefined) throw new Error(`--${token.name} takes no value`);
		} else if (!token.value || (!token.inlineValue && token.value.startsWith("-")))
			throw new Error(`--${token.name} needs a value; ${list}`);
	}
	const text = values as Partial<Record<(typeof single)[number], string>>;
	const texts = values as Partial<Record<(typeof repeated)[number], string[]>>;
	const shares = (texts.fault ?? []).map(readFault);
	const twice = shares.find(([kind], at) => shares.findIndex(([other]) => other === kind) < at);
	if (twice) throw new Error(`--fault ${twice[0]} is there twice; each kind is allowed once`);
	const faults: Options["faults"] = Object.fromEntries(shares);
	const all = Object.values(faults).reduce((sum, share) => sum + share, 0);
	// Tenths are no whole fractions.
	if (all > 1 + 1e-9) throw new Error(`--fault: the probabilities add up to ${all}; at most 1 is allowed`);
	if (text.replay !== undefined && (texts.sensor || texts.fault))
		throw new Error("--replay plays recordings: --sensor and --fault do not go with it");
	return {
		help: values.help === true,
		port: whole("port", text.port, 0, 65535),
		host: text.host ?? "127.0.0.1",
		replay: text.replay,
		intervalMs: whole("interval", text.interval, 10, 3_600_000),
		config: text.config,
		state: text.state,
		speed: whole("speed", text.speed, 1, 1000) ?? 1,
		setup: values.setup === true,
		wifi: texts.wifi?.map(readNetwork) ?? (values.setup === true ? networks : undefined),
		absences: (texts.away ?? []).map(readAbsence),
		serial: text.serial,
		presses: (texts.press ?? []).map(readPress),
		mqtt: text.mqtt === undefined ? {} : readBroker(text.mqtt),
		sensors: (texts.sensor ?? []).map(readSensor),
		faults,
	};
}
