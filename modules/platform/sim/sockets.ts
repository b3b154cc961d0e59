import SDKListener from "embedded:io/socket/listener";
import SDKTCP from "embedded:io/socket/tcp";
import Timer from "timer";

/**
 * The SDK's socket for Linux goes on calling back after a callback has closed it, with memory that is freed by then:
 * it is closed once its callbacks are through.
 */
class TCP extends SDKTCP {
	#closed = false;

	override close(): void {
		if (this.#closed) return;
		this.#closed = true;
		Timer.set(() => super.close());
	}
}

/** Its connections are taken over by the class above. */
export class Listener extends SDKListener {
	override read(): SDKTCP | undefined {
		const tcp = super.read();
		if (tcp) Object.defineProperty(tcp, "constructor", { value: TCP });
		return tcp;
	}
}
