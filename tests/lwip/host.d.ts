/** What tools/lwip/host.c gives the app. */
interface DeviceHost {
	print(line: string): void;
	/** ms since the start. */
	ticks(): number;
	/** Has `onAlarm` called once at `ticks`. */
	alarm(ticks: number): void;
	random(): number;
	exit(status: number): void;
	/** @returns A file's bytes; `undefined` where there is none. */
	read(path: string): ArrayBuffer | undefined;
	write(path: string, bytes: Uint8Array): void;
	/** Refuses a share of the messages to XS, as a full queue does. */
	refuse(share: number): void;
	/** Lets a share of what the sockets ask memory for fail. */
	exhaust(share: number): void;
	/** Does what ThreadSanitizer must find. */
	race(): void;
	/** @returns JSON: see tools/lwip/host.c. */
	statistics(): string;
	/** Prints what each of the objects keeps: see tools/instructions/census.c. */
	census(parts: readonly object[], names: readonly string[]): void;
	/** Ends what is counted, under this name, and begins to count what follows. */
	lap(name: string): void;
	onAlarm(): void;
	/** A line that was typed. */
	onCommand(line: string): void;
}

declare const host: DeviceHost;

declare module "embedded:io/socket/listener" {
	import type { ListenerConstructor } from "../../modules/platform/io.js";

	const Listener: ListenerConstructor;
	export default Listener;
}

declare module "embedded:io/socket/udp" {
	const UDP: new (options: object) => object;
	export default UDP;
}

declare module "embedded:io/socket/tcp" {
	import type { TCPClientConstructor } from "../../modules/platform/io.js";

	const TCP: TCPClientConstructor;
	export default TCP;
}

declare module "head" {
	import type { CutHead } from "../../modules/platform/text.js";

	const cutHead: CutHead;
	export default cutHead;
}

declare module "resolve" {
	import type { Resolve } from "../../modules/platform/io.js";

	const resolve: Resolve;
	export default resolve;
}
