// The built install page with a release of stand-ins, on a server of its own.

import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { extname, join } from "node:path";
import { after } from "node:test";
import { pathToFileURL } from "node:url";
import { build } from "esbuild";
import { boards, images, rows, version } from "../tools/release-images.js";

const tool = (path: string) => import(pathToFileURL(join("tools", path)).href);

const types: Record<string, string> = {
	".html": "text/html",
	".js": "text/javascript",
	".css": "text/css",
	".json": "application/json",
	".png": "image/png",
	".svg": "image/svg+xml",
};

/** Writes a release of stand-ins into `folder`. */
async function writeStandIns(folder: string): Promise<void> {
	const { readImages } = await tool("release/images.mjs");
	const { readCSV } = await tool("release/partitions.mjs");
	const { writeRelease } = await tool("release/folder.mjs");
	const { chips } = await tool("release/chips.mjs");
	const partitions = readCSV(readFileSync("partitions.csv", "utf8"));
	const built = mkdtempSync(join(tmpdir(), "dht-gauges-bin-"));
	const builds = chips.map((chip: { name: string; id: number }) => {
		const bin = join(built, chip.name);
		mkdirSync(bin);
		for (const [name, bytes] of Object.entries(images(chip.id))) writeFileSync(join(bin, name), bytes);
		return { chip, images: readImages(bin, chip, partitions) };
	});
	writeRelease(folder, { name: "dht-gauges", version }, builds, ["Stand-ins."]);
	rmSync(built, { recursive: true });
}

export interface Site {
	/** Of the page, at an address that browsers trust. */
	address: string;
	/** The files of the page and the release. */
	folder: string;
}

/** Builds the page and serves it until the tests of the file are through. @param withRelease Whether there is firmware. */
export async function startSite(withRelease = true): Promise<Site> {
	const root = mkdtempSync(join(tmpdir(), "dht-gauges-site-"));
	const folder = join(root, "site");
	const release = join(root, "dist");
	if (withRelease) await writeStandIns(release);
	const { buildSite } = await tool("site.mjs");
	await buildSite(folder, release);
	const server = createServer((request, response) => {
		const path = new URL(request.url!, "http://host").pathname.replace(/\/$/, "/index.html");
		try {
			const bytes = readFileSync(join(folder, path));
			response.writeHead(200, { "Content-Type": types[extname(path)] ?? "application/octet-stream" }).end(bytes);
		} catch {
			response.writeHead(404).end();
		}
	});
	await new Promise<void>(resolve => server.listen(0, "127.0.0.1", resolve));
	after(() => {
		server.close();
		server.closeAllConnections();
		rmSync(root, { recursive: true });
	});
	return { address: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`, folder };
}

/** @param installed The version on the board. @returns The script that gives the browser a serial port with a board at it, as `board`. */
export async function fakeSerial(installed = version): Promise<string> {
	const { outputFiles } = await build({
		entryPoints: ["tests/site/fake-serial.ts"],
		bundle: true,
		format: "iife",
		target: "es2022",
		define: { VERSION: JSON.stringify(installed) },
		write: false,
	});
	return outputFiles[0]!.text;
}

export { boards, rows, version };
