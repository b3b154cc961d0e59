import { randomBytes } from "node:crypto";
import { isIPv4 } from "node:net";
import { networkInterfaces } from "node:os";
import type { PulseCaptureConstructor } from "../../dht/pulse-capture.js";
import type { Clock } from "../clock.js";
import type { Firmware } from "../firmware.js";
import type { BootInfo, Host, Limits } from "../host.js";
import { type Press, simulatedButton } from "../simulated/button.js";
import { type SimulatedNetwork, SimulatedRadio } from "../simulated/radio.js";
import type { Assets, Storage } from "../storage.js";
import { datagramsOn } from "./datagrams.js";
import { resolver } from "./resolver.js";
import type { SerialConsole } from "./serial.js";
import { type Listening, listenerFor } from "./sockets.js";
import { tcpClient } from "./tcp.js";

/** The chip's limits: TCP connections and send buffer of sdkconfig/, and the data partition of partitions.csv. */
export const limits: Limits = { maxConnections: 16, sendBuffer: 5744, storage: 0x2e000 };

/** Of the simulator, too. */
export const defaultPort = 8081;

export const random = () => randomBytes(4).readUInt32LE();

const encoder = new TextEncoder();
const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** @returns The version of the program itself. */
export const versionOf = (assets: Assets): string => decoder.decode(assets.get("version"));

/** @returns The netmask of one of the computer's own addresses. */
function maskOf(address: string): string | undefined {
	const own = Object.values(networkInterfaces()).flatMap(list => list ?? []);
	return own.find(one => one.address === address && one.family === "IPv4")?.netmask;
}

/** Whether only this computer reaches `address`. */
function isLoopback(address: string): boolean {
	return address === "::1" || (isIPv4(address) && address.startsWith("127."));
}

/** @returns An address to browse to: for an unspecified one, the computer's own on the network. */
function reachable(address: string): string {
	if (address !== "0.0.0.0" && address !== "::") return address;
	const own = Object.values(networkInterfaces()).flatMap(list => list ?? []);
	return own.find(({ internal, family }) => !internal && family === "IPv4")?.address ?? "127.0.0.1";
}

/**
 * @param listening The port, open. @param PulseCapture What stands in for the pins. @param storage What outlasts the program.
 * @param wifi Networks of a simulated radio; without them the host is in the computer's network.
 */
export function nodeHost(options: {
	clock: Clock;
	listening: Listening;
	assets: Assets;
	PulseCapture: PulseCaptureConstructor;
	storage: Storage | undefined;
	wifi?: readonly SimulatedNetwork[] | undefined;
	/** As of `Host`; absent in a replay. */
	attach?: Host["attach"];
	/** Of a program that is started again; else `undefined`. */
	bootInfo?: BootInfo | undefined;
	update?: Firmware | undefined;
	/** Of the simulated button; without any there is none. */
	presses: readonly Press[];
	serial?: SerialConsole | undefined;
}): Host {
	const { serial } = options;
	const { clock, listening, assets, PulseCapture, storage, wifi, attach, bootInfo, update, presses } = options;
	const address = reachable(listening.address);
	return {
		name: "desktop",
		version: update?.running.version ?? versionOf(assets),
		defaultPort,
		clock,
		text: { encode: text => encoder.encode(text), decode: bytes => decoder.decode(bytes) },
		assets,
		address,
		mask: maskOf(address),
		isLoopback: isLoopback(listening.address),
		...(presses.length > 0 && { pressed: simulatedButton(clock, presses) }),
		...(wifi && { radio: new SimulatedRadio({ clock, networks: wifi, address, accessPointAddress: address }) }),
		...(isIPv4(address) && !isLoopback(address) && { UDP: datagramsOn(address) }),
		Listener: listenerFor(listening, limits),
		TCP: tcpClient({ sendBuffer: limits.sendBuffer, maxOpen: 2 }),
		resolve: resolver(clock),
		PulseCapture,
		...(attach && { attach }),
		...(bootInfo && { bootInfo }),
		...(update && { update }),
		storage,
		random,
		...(serial && { serial }),
		log(line) {
			console.log(line);
			serial?.print(line);
		},
		heapFree: () => undefined,
	};
}
