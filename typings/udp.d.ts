declare module "embedded:io/socket/udp" {
	export default class UDP {
		constructor(options: { port: number; onReadable?: () => void });
		read(): (ArrayBuffer & { readonly address: string; readonly port: number }) | undefined;
		write(bytes: Uint8Array, address: string, port: number): void;
		/** Joins a multicast group on every interface that is up. */
		add(group: string): void;
		remove(group: string): void;
		close(): void;
	}
}
