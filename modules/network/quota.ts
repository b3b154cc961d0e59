/** Bounds the responses to single addresses: the source of a datagram can be forged, and must not be flooded. */

/** Responses within `spanMs`: to all addresses together, and to one. */
const max = 10;
const maxEach = 4;
const spanMs = 1000;

export class Quota {
	/** Addresses of the responses since `#since`, at most `max`. */
	#addresses: string[] = [];
	/** Ms since boot. */
	#since = 0;

	/** @param ticks Now, ms since boot. @returns Whether a response may go to `address`, which counts it. */
	take(address: string, ticks: number): boolean {
		if (ticks - this.#since >= spanMs) {
			this.#since = ticks;
			this.#addresses.length = 0;
		}
		let own = 0;
		for (const other of this.#addresses) if (other === address) own++;
		if (this.#addresses.length >= max || own >= maxEach) return false;
		this.#addresses.push(address);
		return true;
	}
}
