import type { PulseCaptureConstructor } from "../dht/pulse-capture.js";
import type { Clock } from "./clock.js";
import type { Firmware } from "./firmware.js";
import type {
	DigitalOutputConstructor,
	ListenerConstructor,
	Resolve,
	TCPClientConstructor,
	UDPConstructor,
} from "./io.js";
import type { Radio } from "./radio.js";
import type { Serial } from "./serial.js";
import type { Assets, Storage } from "./storage.js";
import type { CutHead, Text } from "./text.js";

/** How the device booted. */
export interface BootInfo {
	/** `power-on`, `restart`, `exception`, `watchdog`, …: docs/build.md lists all. */
	readonly reason: string;
	/** Boots so far, this one included. */
	readonly boots: number;
	/** One line about the newest crash; `null` if there was none. */
	readonly lastCrash: string | null;
}

/** The limits of a host. Settings can only lower them. */
export interface Limits {
	/** Open TCP connections. */
	readonly maxConnections: number;
	/** Bytes a connection's send buffer takes. */
	readonly sendBuffer: number;
	/** Bytes of storage for history and settings. */
	readonly storage: number;
	/** Whose pins there are, as ESP-IDF names it: `esp32c3`. Absent where any pin goes. */
	readonly chip?: string;
}

export type AddressListener = (address: string | undefined, mask: string | undefined) => void;

export interface Host {
	/** `esp32`, `simulator` or `desktop`. */
	readonly name: string;
	/** The firmware's version, as package.json had it: `1.0.0`. */
	readonly version: string;
	/** The port of the HTTP server unless the settings have one. */
	readonly defaultPort: number;
	readonly clock: Clock;
	readonly text: Text;
	/** Absent where requests are read in JavaScript alone. */
	readonly cutHead?: CutHead;
	readonly assets: Assets;
	/** Wi-Fi. Absent on a host that is in a network already. */
	readonly radio?: Radio;
	/** An address of a host without a radio; `undefined` while it is in no network. */
	readonly address?: string | undefined;
	/** The netmask of that address, as of `Radio`. */
	readonly mask?: string | undefined;
	/** Calls `onChange` in place of an earlier one when the address is another. Absent where it stays. @param onChange With its netmask. */
	watchAddress?(onChange: AddressListener | undefined): void;
	/** Datagrams. Absent where there are none: then the host has its own mDNS name and clock. */
	readonly UDP?: UDPConstructor;
	/** Opens connections, two at a time. Absent where the host opens none. */
	readonly TCP?: TCPClientConstructor;
	/** Finds the addresses of names, four at a time. Absent where the host has no resolver. */
	readonly resolve?: Resolve;
	/** Whether the button is held down that opens set-up and deletes credentials. Absent without a button. */
	pressed?(): boolean;
	/** Whether no other computer reaches the host. Absent where others may. */
	readonly isLoopback?: boolean;
	/** Absent where there is none, or a debugger owns it. */
	readonly serial?: Serial;
	/** Absent on a host that is a program on a computer. */
	readonly bootInfo?: BootInfo;
	readonly Listener: ListenerConstructor;
	readonly PulseCapture: PulseCaptureConstructor;
	/** Of a host that simulates sensors: attaches these in place of the earlier ones. */
	attach?(sensors: readonly { readonly name: string; readonly pin: number; readonly model: string }[]): void;
	/** Absent on a host without pins. */
	readonly Digital?: DigitalOutputConstructor;
	/** `undefined` on a host without memory that outlasts a restart. */
	readonly storage: Storage | undefined;
	/** Where firmware is kept. Absent on a host whose program is not kept in slots. */
	readonly update?: Firmware;
	/** Erases what the host itself keeps of earlier runs: the text of the newest crash, which may name a network. Absent where it keeps none. */
	forget?(): void;
	/** @returns A whole number from 0 to 0xFFFFFFFF, not repeated over restarts. */
	random(): number;
	/** Prints one line on the console. */
	log(line: string): void;
	/** Bytes of heap free; `undefined` where they are unknown. */
	heapFree(): number | undefined;
	/** The minimum bytes of heap that were ever free, and those of the largest free block; absent where they are unknown. */
	heapLeast?(): number;
	heapLargestBlock?(): number;
}

/** The host module of a device, for main.ts. */
export interface Platform {
	readonly limits: Limits;
	/** @param sensors The configured sensors, which a host may simulate. */
	createHost(sensors: readonly { readonly name: string; readonly pin: number; readonly model: string }[]): Host;
}
