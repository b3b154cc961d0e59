/** The ESP32's resolver. */
declare module "resolve" {
	/** Calls `onResolved` with the IPv4 address of the host `name`, or with `undefined`, but not before it returns. @throws {Error} There is no memory. */
	export default function resolve(name: string, onResolved: (address: string | undefined) => void): void;
}
