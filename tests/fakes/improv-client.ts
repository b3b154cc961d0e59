// npm's own client of Improv, on a wire of the test's.

import { rm } from "node:fs/promises";
import { fileURLToPath, pathToFileURL } from "node:url";
import { build } from "esbuild";
import type { ImprovSerial } from "improv-wifi-serial-sdk/dist/serial.js";

/** What goes to the device, and how to tell the client what comes from it. */
export interface Wire {
	send(bytes: Uint8Array): void;
	onReceived: (bytes: Uint8Array) => void;
}

/** Its errors, in the order in which they come. */
export interface Client extends ImprovSerial {
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
const sdk = (await import(pathToFileURL(bundle).href)) as { ImprovSerial: typeof ImprovSerial };
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
	const port = { readable, writable } as unknown as ConstructorParameters<typeof ImprovSerial>[0];
	return Object.assign(new sdk.ImprovSerial(port, logger), { failures });
}

/** Asks for the project's own command for the password. @returns Whether there is one. */
export async function password(client: Client, password = ""): Promise<boolean> {
	const sender = client as unknown as {
		_sendRPCWithResponse(command: number, data: number[], timeout: number): Promise<string[]>;
	};
	const [isSet] = await sender._sendRPCWithResponse(0xd0, [...new TextEncoder().encode(password)], 5000);
	return isSet === "YES";
}
