// A program that speaks Improv over serial, with two networks and one right password (improv-wifi.com, "Serial").

const STATE = 1;
const ERROR = 2;
const RESULT = 4;
const HEADER = [...new TextEncoder().encode("IMPROV"), 1];

const WIFI = 1;
const REQUEST_STATE = 2;
const INFORMATION = 3;
const NETWORKS = 4;

const READY = 2;
const PROVISIONED = 4;
const UNABLE = 3;

export const device = {
	information: ["dht-gauges", "1.0.0", "ESP32-C3", "dht"],
	networks: [
		["Home", "-48", "YES"],
		["Café", "-70", "NO"],
	],
	password: "correct horse",
	url: "http://dht.local/",
};

const encode = (text: string) => [...new TextEncoder().encode(text)];

export class FakeImprov {
	readonly credentials: { ssid: string; password: string }[] = [];
	#send: (bytes: Uint8Array) => void;
	#state = READY;
	#buffer: number[] = [];

	constructor(send: (bytes: Uint8Array) => void) {
		this.#send = send;
	}

	receive(bytes: Uint8Array): void {
		this.#buffer.push(...bytes);
		for (;;) {
			const at = this.#buffer.indexOf(HEADER[0]!);
			if (at < 0) return;
			const length = this.#buffer[at + 8];
			if (length === undefined || this.#buffer.length < at + 10 + length) return;
			const payload = this.#buffer.splice(0, at + 10 + length).slice(at + 9, at + 9 + length);
			this.#handle(payload[0]!, payload.slice(2));
		}
	}

	#handle(command: number, data: number[]): void {
		if (command === REQUEST_STATE) {
			this.#packet(STATE, [this.#state]);
			if (this.#state === PROVISIONED) this.#result(command, [device.url]);
		} else if (command === INFORMATION) this.#result(command, device.information);
		else if (command === NETWORKS) {
			for (const network of device.networks) this.#result(command, network);
			this.#result(command, []);
		} else if (command === WIFI) this.#join(data);
	}

	#join(data: number[]): void {
		const text = (bytes: number[]) => new TextDecoder().decode(Uint8Array.from(bytes));
		const ssid = text(data.slice(1, 1 + data[0]!));
		const password = text(data.slice(2 + data[0]!));
		this.credentials.push({ ssid, password });
		if (password === device.password) {
			this.#state = PROVISIONED;
			this.#packet(STATE, [PROVISIONED]);
			this.#result(WIFI, [device.url]);
		} else this.#packet(ERROR, [UNABLE]);
	}

	#result(command: number, texts: string[]): void {
		const data = texts.map(encode).flatMap(bytes => [bytes.length, ...bytes]);
		this.#packet(RESULT, [command, data.length, ...data]);
	}

	#packet(type: number, data: number[]): void {
		const packet = [...HEADER, type, data.length, ...data];
		const sum = packet.reduce((total, byte) => total + byte, 0) & 255;
		// A line of the program's log comes before.
		this.#send(Uint8Array.from([...encode("Wi-Fi Home: -48 dBm\n"), ...packet, sum, 10]));
	}
}
