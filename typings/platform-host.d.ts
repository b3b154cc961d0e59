/** The host that the manifest names for its platform. */
declare module "platform/host" {
	import type { Platform } from "modules/platform/host";

	const platform: Platform;
	export default platform;
}
