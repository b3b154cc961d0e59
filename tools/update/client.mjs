// A device's resources for `npm run update`, signed with its password.

import { request as httpRequest } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";

/** For a response, ms; an upload may take so long between two pieces. */
const patienceMs = 15_000;
const uploadPatienceMs = 60_000;
/** Another client may use up a nonce first: the request is then signed with a new one. */
const maxAttempts = 3;
/** A GET is sent so often when there is no response, so long after the other, ms. */
const maxGets = 3;
const retryMs = 1000;
/** Bytes written at a time. */
const pieceSize = 4096;

const encoder = new TextEncoder();
const encode = (/** @type {string} */ text) => encoder.encode(text);

/** @typedef {{ version: string, date: string, state: string }} Image As of GET /api/update. */
/** @typedef {{ chip: string, slotSize: number, running: Image, other: Image | null, restart: boolean }} Firmware */

/** @typedef {{ image: Uint8Array, onProgress: (sent: number) => void }} Upload */

/** A device has responded, and not as wanted. */
export class Refused extends Error {
	/** @param {number} status @param {string} line The device's own. */
	constructor(status, line) {
		super(line);
		this.status = status;
	}
}

export class DeviceClient {
	/** Signs every request once it is set. @type {string | undefined} */
	password;
	#url;
	#sign;
	#hex;

	/**
	 * @param {URL} url
	 * @param {{ sign: typeof import("../../modules/auth/signature.js").sign, hex: typeof import("../../modules/auth/sha256.js").hex }} signature
	 */
	constructor(url, { sign, hex }) {
		this.#url = url;
		this.#sign = sign;
		this.#hex = hex;
	}

	/** @returns {Promise<any>} The value of a resource. @throws {Refused} @throws {Error} There is no response. */
	async get(/** @type {string} */ path) {
		for (let attempt = 1; ; attempt++)
			try {
				return await this.#send("GET", path);
			} catch (error) {
				if (error instanceof Refused || attempt >= maxGets) throw error;
				await sleep(retryMs);
			}
	}

	/** @returns {Promise<any>} @throws As `get`. */
	post(/** @type {string} */ path, /** @type {object} */ content) {
		return this.#send("POST", path, "", encode(JSON.stringify(content)));
	}

	/**
	 * Uploads an image. Its digest in the query is signed, not its bytes.
	 * @param {Uint8Array} image @param {(sent: number) => void} onProgress
	 * @returns {Promise<Firmware>} @throws As `get`.
	 */
	upload(image, onProgress) {
		const query = `size=${image.byteLength}&sha256=${this.#hex(image.slice(-32))}`;
		return this.#send("PUT", "/api/update", query, undefined, { image, onProgress });
	}

	/** @param {string} method @param {string} path @param {Uint8Array} [body] @param {Upload} [upload] */
	async #send(method, path, query = "", body = undefined, upload = undefined) {
		for (let attempt = 1; ; attempt++) {
			const { status, text, stale } = await this.#request(method, path, query, body, upload);
			if (status >= 200 && status < 300) return text === "" ? undefined : JSON.parse(text);
			if (!stale || attempt >= maxAttempts) throw new Refused(status, text.trim().split("\n")[0] ?? "");
		}
	}

	/** @param {string} method @param {string} path @param {string} query @param {Uint8Array | undefined} body @param {Upload | undefined} upload */
	async #request(method, path, query, body, upload) {
		/** @type {Record<string, string | number>} */
		const headers = { Connection: "close", Accept: "application/json" };
		const content = upload?.image ?? body;
		if (content) {
			headers["Content-Type"] = upload ? "application/octet-stream" : "application/json";
			headers["Content-Length"] = content.byteLength;
		}
		if (this.password !== undefined) headers.Authorization = await this.#authorization(method, path, query, body);
		const target = query === "" ? path : `${path}?${query}`;
		return exchange(new URL(target, this.#url), method, headers, content, upload?.onProgress);
	}

	/** @param {string} method @param {string} path @param {string} query @param {Uint8Array | undefined} body */
	async #authorization(method, path, query, body) {
		const { text } = await exchange(new URL("/api/session", this.#url), "GET", { Connection: "close" });
		const { nonce } = JSON.parse(text);
		const signed = { method, authority: this.#url.host, path, query, body };
		const signature = this.#hex(this.#sign(encode, this.password ?? "", nonce, signed));
		return `HMAC-SHA-256 nonce="${nonce}", answer="${signature}"`;
	}
}

/**
 * @param {URL} url @param {string} method @param {Record<string, string | number>} headers
 * @param {Uint8Array} [content] @param {(sent: number) => void} [onProgress]
 * @returns {Promise<{ status: number, text: string, stale: boolean }>} Also of a response that comes before all is sent.
 */
function exchange(url, method, headers, content, onProgress) {
	return new Promise((resolve, reject) => {
		let sent = 0;
		let isOver = false;
		const asked = httpRequest(url, { method, headers, agent: false });
		const fail = (/** @type {Error} */ error) => {
			if (!isOver)
				reject(onProgress ? new Error(`${error.message} after ${sent} of ${content?.byteLength} bytes`) : error);
			isOver = true;
			asked.destroy();
		};
		asked.setTimeout(onProgress ? uploadPatienceMs : patienceMs, () => fail(new Error("no response")));
		asked.on("error", fail);
		asked.on("response", response => {
			let text = "";
			response.setEncoding("utf8");
			response.on("data", piece => {
				text += piece;
			});
			response.on("error", fail);
			response.on("end", () => {
				isOver = true;
				const stale = String(response.headers["www-authenticate"] ?? "").includes("stale");
				resolve({ status: response.statusCode ?? 0, text, stale });
				asked.destroy();
			});
		});
		const write = () => {
			while (content && sent < content.byteLength && !isOver) {
				const piece = content.subarray(sent, sent + pieceSize);
				sent += piece.byteLength;
				const isTaken = asked.write(piece);
				onProgress?.(sent);
				if (!isTaken) return asked.once("drain", write);
			}
			return asked.end();
		};
		write();
	});
}
