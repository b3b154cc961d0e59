// What the release has for a board: the manifest of ESP Web Tools, and the commands that write the same without a browser.

export interface Part {
	path: string;
	/** Address in flash. */
	offset: number;
}

export interface Build {
	chipFamily: string;
	parts: Part[];
}

export interface Manifest {
	name: string;
	version: string;
	builds: Build[];
}

/** A chip that a release is made for, and the pins that a sensor's data line can have there. */
export interface Board {
	/** As esptool names it. */
	name: string;
	family: string;
	pins: number[];
}

/** @throws {Error} There is none, or it is not one. */
export async function loadManifest(address: string): Promise<Manifest> {
	const response = await fetch(address);
	if (!response.ok) throw new Error(`${address}: status ${response.status}`);
	const manifest = (await response.json()) as Manifest;
	if (!Array.isArray(manifest.builds)) throw new Error(`${address} has no builds`);
	return manifest;
}

export const buildOf = ({ builds }: Manifest, { family }: Board): Build | undefined =>
	builds.find(({ chipFamily }) => chipFamily === family);

/** The image that a running device takes over the network: the app alone. */
export const updateImage = ({ parts }: Build, { name }: Board): string | undefined =>
	parts.find(({ path }) => path.endsWith(`-${name}.bin`))?.path;

/** @returns The commands that write `build` with esptool, a line each. */
export function commands({ parts }: Build, { name }: Board): string[] {
	const files = parts.map(({ path, offset }) => `0x${offset.toString(16)} ${path}`);
	return ["python3 -m pip install esptool", ["esptool --chip", name, "write-flash", ...files].join(" ")];
}
