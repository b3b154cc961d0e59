import { randomBytes } from "node:crypto";
import { isIPv4 } from "node:net";
import type { PulseCaptureConstructor } from "../../dht/pulse-capture.js";
import type { Clock } from "../clock.js";
import type { Firmware } from "../firmware.js";
import type { BootInfo, Host, Limits } from "../host.js";
import { type Press, simulatedButton } from "../simulated/button.js";
import { SimulatedRadio, type SimulatedRadioOptions } from "../simulated/radio.js";
import type { Assets, Storage } from "../storage.js";
import { isLoopback, OwnAddress } from "./address.js";
import { datagramsOn } from "./datagrams.js";
import { resolver } from "./resolver.js";
import type { SerialConsole } from "./serial.js";
import { type Listening, listenerFor } from "./sockets.js";
import { forget } from "./supervised.js";
import { tcpClient } from "./tcp.js";

/** An ESP32-C3's limits: TCP connections and send buffer of sdkconfig/, and the data partition of partitions.csv. */
export const limits: Limits = { maxConnections: 16, sendBuffer: 5744, storage: 0x2e000, chip: "esp32c3" };

/** The router of simulated networks. */
const gateway = "192.168.1.1";

/** Of the simulator, too. */
export const defaultPort = 8081;

export const random = () => randomBytes(4).readUInt32LE();

const encoder = new TextEncoder();
const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** @returns The version of the program itself. */
export const versionOf = (assets: Assets): string => decoder.decode(assets.get("version"));

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
	wifi?: Pick<SimulatedRadioOptions, "networks" | "absences"> | undefined;
	/** As of `Host`; absent in a replay. */
	attach?: Host["attach"];
	/** Of a program that is started again; else `undefined`. */
	bootInfo?: BootInfo | undefined;
	update?: Firmware | undefined;
	/** Of the simulated button; without any there is none. */
	presses: readonly Press[];
	serial?: SerialConsole | undefined;
}): Host {
	const { clock, listening, assets, PulseCapture, storage, wifi, attach, bootInfo, update, presses, serial } = options;
	const own = new OwnAddress(listening.address);
	const address = own.current!;
	return {
		name: "desktop",
		version: update?.running.version ?? versionOf(assets),
		defaultPort,
		clock,
		text: { encode: text => encoder.encode(text), decode: bytes => decoder.decode(bytes) },
		assets,
		get address() {
			return own.current;
		},
		mask: own.mask,
		...(!wifi && { watchAddress: onChange => own.watch(onChange) }),
		isLoopback: isLoopback(listening.address),
		...(presses.length > 0 && { pressed: simulatedButton(clock, presses) }),
		...(wifi && { radio: new SimulatedRadio({ clock, ...wifi, address, gateway, accessPointAddress: address }) }),
		...(isIPv4(address) && !isLoopback(address) && { UDP: datagramsOn(() => own.current ?? address) }),
		Listener: listenerFor(listening, limits),
		TCP: tcpClient({ sendBuffer: limits.sendBuffer, maxOpen: 2 }),
		resolve: resolver(clock),
		PulseCapture,
		...(attach && { attach }),
		...(bootInfo && { bootInfo, forget }),
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
