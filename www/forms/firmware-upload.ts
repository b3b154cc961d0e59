// Sends a firmware image: looks at the file first, signs its size and digest, and tells how much has gone out.

import type { UpdateReport } from "../../modules/api/schema.js";
import { hex } from "../../modules/auth/sha256.js";
import { chipName } from "../../modules/update/image-reader.js";
import { authorize, type Failure, type Reply, withNonce } from "./client.js";

export const UPDATE_PATH = "/api/update";

/** Bytes of the appended digest. */
const DIGEST = 32;
/** The first byte of an image. */
const MAGIC = 0xe9;
/** Where an image has the number of its chip, 16 bits. */
const CHIP = 12;

/** @param front The file's first 14 bytes, or all that it has. @returns Why the device would refuse the file, in its own sentence. */
export function rejection(
	size: number,
	front: Uint8Array,
	{ chip, slotSize }: Pick<UpdateReport, "chip" | "slotSize">,
): Failure | undefined {
	const failure = (status: number, error: string): Failure => ({ ok: false, status, error, stale: false });
	if (size > slotSize) return failure(413, `The image has ${size} bytes, the slot takes ${slotSize}.`);
	if (front[0] !== MAGIC || front.byteLength < CHIP + 2)
		return failure(422, "The image is refused: it is no firmware image.");
	const found = chipName(front[CHIP]! + 0x100 * front[CHIP + 1]!);
	return found === chip ? undefined : failure(422, `The image is refused: it is for ${found}, this is ${chip}.`);
}

const bytesOf = async (blob: Blob) => new Uint8Array(await blob.arrayBuffer());

/** @throws {Error} The connection broke. */
function put(
	query: string,
	file: File,
	Authorization: string,
	onProgress: (sent: number) => void,
): Promise<Reply<UpdateReport>> {
	return new Promise((resolve, reject) => {
		const request = new XMLHttpRequest();
		request.open("PUT", `${UPDATE_PATH}?${query}`);
		request.setRequestHeader("Content-Type", "application/octet-stream");
		request.setRequestHeader("Authorization", Authorization);
		request.upload.onprogress = ({ loaded }) => onProgress(loaded);
		request.onerror = () => reject(new Error("the connection broke"));
		request.onload = () => {
			const { status, responseText } = request;
			if (status === 200) resolve({ ok: true, body: JSON.parse(responseText) });
			else {
				const stale = request.getResponseHeader("WWW-Authenticate")?.includes("stale") ?? false;
				resolve({ ok: false, status, error: responseText.trim(), stale });
			}
		};
		request.send(file);
	});
}

/**
 * @param report Of the device. @param onProgress Called with the bytes sent so far.
 * @throws {Error} The file cannot be read, or the connection broke.
 */
export async function upload(
	file: File,
	report: UpdateReport,
	password: string,
	onProgress: (sent: number) => void,
): Promise<Reply<UpdateReport>> {
	const { size } = file;
	const wrong = rejection(size, await bytesOf(file.slice(0, CHIP + 2)), report);
	if (wrong) return wrong;
	const query = `size=${size}&sha256=${hex(await bytesOf(file.slice(-DIGEST)))}`;
	return withNonce(({ nonce }) => {
		const target = { method: "PUT", path: UPDATE_PATH, query, body: undefined };
		return put(query, file, authorize(target, password, nonce), onProgress);
	});
}
