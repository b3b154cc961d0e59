import SDKListener from "embedded:io/socket/listener";
import SDKTCP from "embedded:io/socket/tcp";
import Timer from "timer";
import type { TCPCallbacks, TCPClientConstructor, TCPClientOptions, TCPOptions, TCP as TCPSocket } from "../io.js";

/** As the SDK's code has it, not its typings. */
const Socket = SDKTCP as unknown as new (options: TCPOptions | TCPClientOptions) => TCPSocket;

/**
 * The SDK's socket for Linux goes on calling back after a callback has closed it, with memory that is freed by then. So it is
 * closed once its callbacks are through, and they are not passed on. Nor does it report that a write has failed.
 */
class TCP extends Socket {
	#closed = false;
	#onError: TCPCallbacks["onError"];

	constructor(options: TCPOptions | TCPClientOptions) {
		const { onReadable, onWritable, onError } = options;
		super({
			...options,
			onReadable(this: TCP, count: number) {
				if (!this.#closed) onReadable?.call(this, count);
			},
			onWritable(this: TCP, count: number) {
				if (!this.#closed) onWritable?.call(this, count);
			},
			onError(this: TCP) {
				if (!this.#closed) onError?.call(this);
			},
		});
		this.#onError = onError;
	}

	override write(bytes: ArrayBuffer | Uint8Array): number | undefined {
		const free = super.write(bytes);
		if (free === undefined)
			Timer.set(() => {
				if (!this.#closed) this.#onError?.call(this);
			});
		return free;
	}

	override close(): void {
		if (this.#closed) return;
		this.#closed = true;
		Timer.set(() => super.close());
	}
}

/** Connections that the device opens, as many at a time as on the chip. */
export function tcpClient(maxOpen: number): TCPClientConstructor {
	let open = 0;
	return class Client extends TCP {
		#counted = true;

		constructor(options: TCPClientOptions) {
			if (open >= maxOpen) throw new Error("too many connections");
			if (options.port === 0) throw new RangeError("invalid port");
			super(options);
			open++;
		}

		override close(): void {
			if (this.#counted) open--;
			this.#counted = false;
			super.close();
		}
	};
}

/** Its connections are taken over by the class `TCP` above. */
export class Listener extends SDKListener {
	override read(): SDKTCP | undefined {
		const tcp = super.read();
		if (tcp) Object.defineProperty(tcp, "constructor", { value: TCP });
		return tcp;
	}
}
