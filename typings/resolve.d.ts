/** The ESP32's resolver. */
declare module "resolve" {
	import type { Resolve } from "modules/platform/io";

	/** @throws {Error} There is no network, or no memory. */
	const resolve: Resolve;
	export default resolve;
}
