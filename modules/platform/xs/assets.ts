import Resource from "Resource";
import type { Assets } from "../storage.js";

/** The page's files where the build put them: views of flash memory on the chip. */
export const assets: Assets = Object.freeze(
	{
		get(name) {
			if (!Resource.exists(name)) return;
			return new Uint8Array(new Resource(name) as unknown as ArrayBuffer);
		},
	},
	true,
);
