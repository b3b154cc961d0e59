import type { Clock } from "./clock.js";
import type {
	DigitalOutputConstructor,
	ListenerConstructor,
	PulseCaptureConstructor,
	Resolve,
	TCPClientConstructor,
	UDPConstructor,
} from "./io.js";
import type { Radio } from "./radio.js";
import type { Assets, Storage } from "./storage.js";
import type { Text } from "./text.js";

/** How the device came to start. */
export interface BootInfo {
	/** `power-on`, `restart`, `exception`, `watchdog`, …: all are in docs/build.md. */
	readonly reason: string;
	/** Starts so far, this one included; from 1. */
	readonly boots: number;
	/** What ended an earlier run, on one line; `null` when nothing ever did. */
	readonly lastCrash: string | null;
}

/** What a host can do at most. Settings can only lower these. */
export interface Limits {
	/** Open TCP connections. */
	readonly maxConnections: number;
	/** Bytes a connection's send buffer takes. */
	readonly sendBuffer: number;
	/** Bytes of storage for history and settings. */
	readonly storage: number;
}

export interface Host {
	/** `esp32`, `simulator` or `desktop`. */
	readonly name: string;
	/** The port served unless the settings name one. */
	readonly defaultPort: number;
	readonly clock: Clock;
	readonly text: Text;
	readonly assets: Assets;
	/** Wi-Fi; absent where the host is in a network already. */
	readonly radio?: Radio;
	/** An address of the host, where there is no radio. */
	readonly address?: string;
	/** The mask of that address's network, as of `Radio`. */
	readonly mask?: string | undefined;
	/** Datagrams; absent where the host cannot send them: then name and time are left to it. */
	readonly UDP?: UDPConstructor;
	/** Opens connections, two at a time. Absent where the host opens none. */
	readonly TCP?: TCPClientConstructor;
	/** Finds the addresses of names, four at a time. Absent where the host cannot. */
	readonly resolve?: Resolve;
	/** Whether the button for forgetting the Wi-Fi and the password is held down. Absent where there is none. */
	pressed?(): boolean;
	/** Absent where the host is not a device that starts by itself. */
	readonly bootInfo?: BootInfo;
	readonly Listener: ListenerConstructor;
	readonly PulseCapture: PulseCaptureConstructor;
	/** On a host that simulates: what is attached from now on. */
	attach?(sensors: readonly { readonly pin: number; readonly model: string }[]): void;
	/** Absent where a host has no pins. */
	readonly Digital?: DigitalOutputConstructor;
	/** `undefined` where nothing outlasts a restart. */
	readonly storage: Storage | undefined;
	/** @returns A whole number from 0 to 0xFFFFFFFF, not repeated over restarts. */
	random(): number;
	/** Prints one line for the person at the console. */
	log(line: string): void;
	/** Bytes of heap free, or `undefined` where the build cannot tell. */
	heapFree(): number | undefined;
	/** The least bytes of heap that were ever free, and those of the largest free block; absent where the host cannot tell. */
	heapLeast?(): number;
	heapLargestBlock?(): number;
}

/** What a device's host module gives to main.ts. */
export interface Platform {
	readonly limits: Limits;
	/** @param sensors What is attached: a host that simulates makes it up from these. */
	createHost(sensors: readonly { readonly name: string; readonly pin: number; readonly model: string }[]): Host;
}
