import { hex } from "../../modules/auth/sha256.js";
import { sign } from "../../modules/auth/signature.js";
import { fromLatin1, text } from "./text.js";

export interface Asked {
	method?: string;
	/** As it is sent, query included. */
	target?: string;
	host?: string;
	body?: string;
	/** More header lines, each ended by CRLF. */
	fields?: string;
}

/** A request as it goes over the wire, a character a byte. */
export function request({ method = "PUT", target = "/api/settings", host = "dht", body, fields = "" }: Asked): string {
	const content =
		body === undefined
			? ""
			: `Content-Type: application/json\r\nContent-Length: ${text.encode(body).byteLength}\r\n${fields}\r\n${fromLatin1(text.encode(body))}`;
	return `${method} ${target} HTTP/1.1\r\nHost: ${host}\r\n${content || `${fields}\r\n`}`;
}

/** The header line by which `asked` shows that its sender knows `password`. */
export function authorization(password: string, nonce: string, asked: Asked): string {
	const { method = "PUT", target = "/api/settings", host = "dht", body } = asked;
	const [path = "", query = ""] = target.split("?");
	const signature = sign(text.encode, password, nonce, {
		method,
		authority: host,
		path: decodeURIComponent(path),
		query,
		body: body === undefined ? undefined : text.encode(body),
	});
	return `Authorization: HMAC-SHA-256 nonce="${nonce}", answer="${hex(signature)}"\r\n`;
}

/** `asked`, signed. */
export function signed(password: string, nonce: string, asked: Asked): string {
	return request({ ...asked, fields: `${asked.fields ?? ""}${authorization(password, nonce, asked)}` });
}
