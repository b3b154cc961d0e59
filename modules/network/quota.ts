/** How many answers go to single addresses: a datagram's source can be forged, and nobody may be flooded with answers. */

/** Within `spanMs`: to all addresses together, and to one of them. */
const most = 10;
const mostEach = 4;
const spanMs = 1000;

export class Quota {
	/** Where answers went since `#since`, at most `most`. */
	#addresses: string[] = [];
	/** Ms since boot. */
	#since = 0;

	/** @param ticks Now, ms since boot. @returns Whether an answer may go to `address`; it counts then. */
	take(address: string, ticks: number): boolean {
		if (ticks - this.#since >= spanMs) {
			this.#since = ticks;
			this.#addresses.length = 0;
		}
		let own = 0;
		for (const other of this.#addresses) if (other === address) own++;
		if (this.#addresses.length >= most || own >= mostEach) return false;
		this.#addresses.push(address);
		return true;
	}
}
