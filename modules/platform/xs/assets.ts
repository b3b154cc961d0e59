import Resource from "Resource";
import type { Assets } from "../storage.js";

/** The page's files as resources of the build: views of flash memory on the chip. */
export const assets: Assets = Object.freeze(
	{
		get(name) {
			if (!Resource.exists(name)) return;
			return new Uint8Array(new Resource(name) as unknown as ArrayBuffer);
		},
	},
	true,
);
