// npm's own client of Improv, on a wire of the test's.

import { rm } from "node:fs/promises";
import { fileURLToPath, pathToFileURL } from "node:url";
import { build } from "esbuild";

/** What goes to the device, and how to tell the client what comes from it. */
export interface Wire {
	send(bytes: Uint8Array): void;
	onReceived: (bytes: Uint8Array) => void;
}

/** What the tests use of the package's `ImprovSerial`. Its own types need those of Web Serial. */
interface ImprovSerial {
	readonly state: number | undefined;
	readonly error: number;
	readonly nextUrl: string | undefined;
	readonly info: Record<"firmware" | "version" | "chipFamily" | "name", string> | undefined;
	initialize(timeoutMs?: number): Promise<ImprovSerial["info"]>;
	requestNetworkState(): Promise<unknown>;
	scan(timeoutMs: number): Promise<{ name: string; rssi: number; secured: boolean }[]>;
	provision(ssid: string, password: string, timeoutMs: number): Promise<void>;
	getHostname(): Promise<string>;
	setHostname(name: string): Promise<string>;
	setDeviceName(name: string): Promise<string>;
	close(): Promise<void>;
	/** Of the package's inside: sends any command. */
	_sendRPCWithResponse(command: number, data: readonly number[], timeoutMs: number): Promise<string[]>;
}

export interface Client extends ImprovSerial {
	/** What it has reported to its logger as errors. */
	readonly failures: string[];
}

/** Node cannot load the package's files as they are: their imports have no endings. */
const bundle = fileURLToPath(new URL(`improv-sdk.${process.pid}.mjs`, import.meta.url));
await build({
	stdin: { contents: 'export * from "improv-wifi-serial-sdk/dist/serial.js"', resolveDir: process.cwd() },
	bundle: true,
	format: "esm",
	outfile: bundle,
});
const sdk = (await import(pathToFileURL(bundle).href)) as {
	ImprovSerial: new (port: object, logger: object) => ImprovSerial;
};
await rm(bundle);

/** Opens a client on `wire`, as a page does that has opened the port. */
export function openClient(wire: Wire): Client {
	const readable = new ReadableStream<Uint8Array>({
		start(controller) {
			wire.onReceived = bytes => controller.enqueue(bytes);
		},
		cancel() {
			wire.onReceived = () => {};
		},
	});
	const writable = new WritableStream<Uint8Array>({ write: bytes => wire.send(bytes) });
	const failures: string[] = [];
	const logger = { log() {}, debug() {}, error: (message: string) => failures.push(message) };
	return Object.assign(new sdk.ImprovSerial({ readable, writable }, logger), { failures });
}

/** Asks for the project's own command for the password. @returns Whether there is one. */
export async function password(client: Client, password = ""): Promise<boolean> {
	const [isSet] = await client._sendRPCWithResponse(0xd0, [...new TextEncoder().encode(password)], 5000);
	return isSet === "YES";
}
