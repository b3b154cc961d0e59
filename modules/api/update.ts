/** `/api/update`: the firmware's slots, an image for the one that does not run, and which of them starts. */

import { fromHex } from "../auth/signature.js";
import { mediaType } from "../http/content-check.js";
import type { ContentSink, Exchange, UploadHandler } from "../http/handler.js";
import { parameter, type Request } from "../http/request.js";
import { HTTPError, json, problem, Response } from "../http/response.js";
import type { Text } from "../platform/text.js";
import { UpdateError, type UpdateErrorKind } from "../update/update-error.js";
import type { Announced, Upload } from "../update/updater.js";
import { jsonBody } from "./json-body.js";
import type { UpdateReport } from "./schema.js";

export interface UpdateSource {
	readonly report: UpdateReport;
	/** Begins an upload. @throws {UpdateError} `too-large`, `busy`. */
	begin(announced: Announced): Upload;
	/** Calls `action` when flash may be erased and written: now or, while a sensor is read, as soon as that has ended. */
	whenIdle(action: () => void): void;
	/** Has the other slot's image start, and restarts soon. @throws {UpdateError} `busy`, `missing`, `flash`. */
	goBack(): void;
	/** Restarts soon. */
	restart(): void;
}

export interface UpdateHandlerOptions {
	text: Text;
	/** Its `updates` are absent on a host that keeps no firmware in slots. */
	source: { readonly updates?: UpdateSource | undefined };
}

const TYPE = "application/octet-stream";
/** Bytes of a SHA-256. */
const DIGEST = 32;

/** The keys of the content of a POST. */
const KEYS: readonly string[] = Object.freeze(["action"]);

const statuses: Readonly<Record<UpdateErrorKind, number>> = Object.freeze(
	{ busy: 409, missing: 409, "too-large": 413, image: 422, flash: 507 },
	true,
);

function httpError(error: unknown): HTTPError {
	if (!(error instanceof UpdateError)) return new HTTPError(500, "The update failed.");
	return new HTTPError(statuses[error.kind], error.message);
}

export class UpdateHandler implements UploadHandler {
	readonly allow = "GET, HEAD, PUT, POST";
	/** Before a password is set, nobody may. */
	readonly needsCredentials = true;
	readonly checksContent = true;
	/** In chunks none is taken. */
	readonly maxBody = 0;
	#text: Text;
	#source: UpdateHandlerOptions["source"];

	constructor({ text, source }: UpdateHandlerOptions) {
		this.#text = text;
		this.#source = source;
	}

	isUpload({ method }: Request): boolean {
		return method === "PUT";
	}

	handle(request: Request): Response | HTTPError {
		const { updates } = this.#source;
		if (!updates) return noSlots();
		if (request.method === "PUT") return this.takeNothing(updates, request);
		if (request.method === "POST") return this.act(updates, request);
		return json(this.#text, updates.report);
	}

	upload(request: Request, exchange: Exchange): ContentSink | HTTPError {
		const { updates } = this.#source;
		if (!updates) return noSlots();
		const announced = announcement(request);
		if (announced instanceof HTTPError) return announced;
		try {
			return new ImageSink(this.#text, updates, updates.begin(announced), exchange);
		} catch (error) {
			return httpError(error);
		}
	}

	/** An image of no bytes is none. */
	private takeNothing(updates: UpdateSource, request: Request): Response | HTTPError {
		const announced = announcement(request);
		if (announced instanceof HTTPError) return announced;
		try {
			updates.begin(announced).complete();
			return json(this.#text, updates.report);
		} catch (error) {
			return httpError(error);
		}
	}

	private act(updates: UpdateSource, request: Request): Response | HTTPError {
		const text = this.#text;
		const body = jsonBody(text, request, KEYS);
		if (body instanceof Response || body instanceof HTTPError) return body;
		const { action } = body;
		try {
			if (action === "restart") updates.restart();
			else if (action === "back") updates.goBack();
			else return problem(text, "action", 'action: "restart" or "back" is allowed');
			return json(text, updates.report);
		} catch (error) {
			return httpError(error);
		}
	}
}

/** Writes an image piece by piece, each while no sensor is read. */
class ImageSink implements ContentSink {
	#text: Text;
	#updates: UpdateSource;
	#upload: Upload;
	#exchange: Exchange;
	/** Waits to be written. */
	#piece: Uint8Array | undefined;
	/** Whether no other follows. */
	#isLast = false;
	#isOver = false;
	#proceed = () => {
		this.work();
		this.#exchange.resume();
	};

	constructor(text: Text, updates: UpdateSource, upload: Upload, exchange: Exchange) {
		this.#text = text;
		this.#updates = updates;
		this.#upload = upload;
		this.#exchange = exchange;
	}

	/** Nothing is buffered: the next piece is asked for when this one is in flash. */
	write(piece: Uint8Array): boolean {
		this.#piece = piece;
		this.#updates.whenIdle(this.#proceed);
		return this.#piece === undefined;
	}

	end(): void {
		this.#isLast = true;
		if (!this.#piece) this.#updates.whenIdle(this.#proceed);
	}

	cancel(): void {
		this.#isOver = true;
		this.#upload.close();
	}

	private work(): void {
		if (this.#isOver) return;
		try {
			this.writePiece();
			if (this.#isLast) this.complete();
		} catch (error) {
			this.#upload.close();
			this.respond(httpError(error));
		}
	}

	/** By its end the piece is garbage. */
	private writePiece(): void {
		const piece = this.#piece;
		this.#piece = undefined;
		if (piece) this.#upload.write(piece);
	}

	private complete(): void {
		this.#upload.complete();
		this.respond(json(this.#text, this.#updates.report));
	}

	private respond(response: Response | HTTPError): void {
		this.#isOver = true;
		this.#exchange.respond(response);
	}
}

/** @returns What the request says of the image; 411, 400, 415 where that is not as it must be. */
function announcement(request: Request): Announced | HTTPError {
	const { fields, contentLength } = request;
	if (fields["content-length"] === undefined) return new HTTPError(411, "The image must have a Content-Length.");
	if (parameter(request, "size") !== `${contentLength}`)
		return new HTTPError(400, "size must be the image's length in bytes, as Content-Length has it.");
	const digest = fromHex(parameter(request, "sha256") ?? "");
	if (digest?.byteLength !== DIGEST)
		return new HTTPError(400, "sha256 must be the image's last 32 bytes, in hexadecimal.");
	if (mediaType(fields) !== TYPE) return new HTTPError(415, `The image must be sent as ${TYPE}.`);
	return { size: contentLength, digest };
}

function noSlots(): HTTPError {
	return new HTTPError(404, "This host keeps no firmware in slots.");
}
