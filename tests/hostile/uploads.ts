// Firmware from strangers, who know no password.

import { fill, LONG, type Row } from "./rows.js";

/** Its header comes with as much content as the socket takes. */
const MOST = 34;
const TYPE = "Content-Type: application/octet-stream\r\n";
const LENGTH = "Content-Length: 4000\r\n";
const digest = "0".repeat(64);
const rightful = `size=4000&sha256=${digest}`;
const forged = `Authorization: HMAC-SHA-256 nonce="1.1.${"0".repeat(32)}", answer="${digest}"\r\n`;

const row = (name: string, query: string, fields: string, content = "", device: Row["device"] = "open"): Row => ({
	name: `an upload ${name}`,
	of: "upload",
	device,
	most: MOST,
	request: one => one.get(`/api/update?${query}`, fields, "PUT") + content,
});

const image = fill("\xe9", 4000);

export const uploads: readonly Row[] = [
	row("without a signature", rightful, TYPE + LENGTH, image),
	row("with a forged signature", rightful, TYPE + LENGTH + forged, image),
	row(
		"with a signature of quotes",
		rightful,
		`${TYPE}${LENGTH}Authorization: HMAC-SHA-256 nonce=${fill('"', 200)}\r\n`,
		image,
	),
	row("without a length", rightful, TYPE),
	row("in chunks", rightful, `${TYPE}Transfer-Encoding: chunked\r\n`, "fa0\r\n"),
	row("of no bytes", "size=0", `${TYPE}Content-Length: 0\r\n`),
	row("of more bytes than there are", "size=1", `${TYPE}Content-Length: 9007199254740991\r\n`, image),
	row("without a query", "", TYPE + LENGTH, image),
	row("of a size of digits", `size=${fill("9", 900)}`, TYPE + LENGTH, image),
	row("of a digest of digits", `sha256=${fill("0", 900)}`, TYPE + LENGTH, image),
	row("of a digest of escapes", `sha256=${fill("%30", 900)}`, TYPE + LENGTH, image),
	row("of a long type", rightful, `Content-Type: ${fill("a/", LONG - 400)}\r\n${LENGTH}`, image),
	row("that waits for leave", rightful, `${TYPE}${LENGTH}Expect: 100-continue\r\n`),
	row("by a guest of a device without a password", rightful, TYPE + LENGTH, image, "setup"),
	row("to a device that has no password", rightful, TYPE + LENGTH, image, "own"),
];
