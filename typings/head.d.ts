/** Cuts the heads of requests, on the ESP32. */
declare module "head" {
	import type { CutHead } from "modules/platform/text";

	const cutHead: CutHead;
	export default cutHead;
}
