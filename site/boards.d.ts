import type { Board } from "./firmware.js";

declare global {
	/** Put in by the build: the chips of a release. */
	const BOARDS: readonly Board[];
}
