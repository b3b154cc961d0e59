/** The ESP32's resolver. */
declare module "resolve" {
	import type { Resolve } from "modules/platform/io";

	const resolve: Resolve;
	export default resolve;
}
