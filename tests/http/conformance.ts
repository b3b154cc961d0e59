// What is answered to which bytes: run against the portable server, and against the real hosts with real sockets.

export interface Row {
	name: string;
	send: string;
	/** The exact bytes that come back, `Date` apart; a pattern where the resource's content is the host's own. */
	answer: string | RegExp;
	/** Whether the device then ends the connection. */
	closes: boolean;
	/** Needs a resource that only the tests' own device has. */
	own: boolean;
	/** `100 Continue` comes or not, as the bytes arrive. */
	interim: boolean;
}

const reasons: Record<number, string> = {
	200: "OK",
	204: "No Content",
	304: "Not Modified",
	400: "Bad Request",
	403: "Forbidden",
	404: "Not Found",
	405: "Method Not Allowed",
	406: "Not Acceptable",
	411: "Length Required",
	413: "Content Too Large",
	414: "URI Too Long",
	415: "Unsupported Media Type",
	417: "Expectation Failed",
	421: "Misdirected Request",
	431: "Request Header Fields Too Large",
	500: "Internal Server Error",
	501: "Not Implemented",
	505: "HTTP Version Not Supported",
};

const SAFE = "X-Content-Type-Options: nosniff\r\nReferrer-Policy: no-referrer\r\n";

interface How {
	/** More fields of the answer, each ended by CRLF. */
	fields?: string;
	/** `Connection` of the answer; `close` also when it says nothing of the kind but ends. */
	connection?: "close" | "keep-alive";
	head?: boolean;
	interim?: boolean;
}

/** A one-line text. */
function told(status: number, line: string, { fields = "", connection, head }: How = {}): string {
	return `HTTP/1.1 ${status} ${reasons[status]}\r\n${SAFE}Content-Type: text/plain;charset=utf-8\r\nContent-Length: ${line.length + 1}\r\nCache-Control: no-store\r\n${fields}${connection ? `Connection: ${connection}\r\n` : ""}\r\n${head ? "" : `${line}\n`}`;
}

function echoed(body: string, { connection, head }: How = {}): string {
	return `HTTP/1.1 200 OK\r\n${SAFE}Content-Length: ${body.length}\r\n${connection ? `Connection: ${connection}\r\n` : ""}\r\n${head ? "" : body}`;
}

export const rows: Row[] = [];

function row(name: string, send: string, answer: string | RegExp, more: Partial<Row> = {}): void {
	rows.push({ name, send, answer, closes: false, own: false, interim: false, ...more });
}

const H = "Host: localhost\r\n";
const missing = "There is nothing here.";

// --- refused for good: one line, and the end ---

function refused(name: string, send: string, status: number, line: string): void {
	row(name, send, told(status, line, { connection: "close" }), { closes: true });
}

const malformed = "The request is malformed.";
const lineEnd = "A line must end in CR LF.";
const version = "The request line must end in HTTP/1.1.";
const major = "This server speaks HTTP/1.1.";

refused("a bare word", `GET\r\n${H}\r\n`, 400, malformed);
refused("HTTP/0.9", `GET /\r\n${H}\r\n`, 400, malformed);
refused("no method", ` / HTTP/1.1\r\n${H}\r\n`, 400, malformed);
refused("no target", `GET  HTTP/1.1\r\n${H}\r\n`, 400, malformed);
refused("two spaces before the version", `GET /  HTTP/1.1\r\n${H}\r\n`, 400, version);
refused("a space in the target", `GET /a b HTTP/1.1\r\n${H}\r\n`, 400, version);
refused("a space after the version", `GET / HTTP/1.1 \r\n${H}\r\n`, 400, version);
refused("tabs for spaces", `GET\t/\tHTTP/1.1\r\n${H}\r\n`, 400, malformed);
refused("a version in lower case", `GET / http/1.1\r\n${H}\r\n`, 400, version);
refused("a version without a minor", `GET / HTTP/1\r\n${H}\r\n`, 400, version);
refused("a version of letters", `GET / HTTP/x.y\r\n${H}\r\n`, 400, version);
refused("a version with more digits", `GET / HTTP/1.10\r\n${H}\r\n`, 400, version);
refused("another protocol", `GET / ICY/1.1\r\n${H}\r\n`, 400, version);
refused("HTTP/2.0", `GET / HTTP/2.0\r\n${H}\r\n`, 505, major);
refused("HTTP/0.9 by its number", `GET / HTTP/0.9\r\n${H}\r\n`, 505, major);
refused("HTTP/3.0", `GET / HTTP/3.0\r\n${H}\r\n`, 505, major);
refused("HTTP/2's preface", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 505, major);
refused("TLS", "\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03abc\n", 400, malformed);
refused("a target that is no path", `GET index.html HTTP/1.1\r\n${H}\r\n`, 400, "The target must be a path.");
refused("an asterisk to GET", `GET * HTTP/1.1\r\n${H}\r\n`, 400, "The target must be a path.");
refused("an authority as target", `CONNECT localhost:80 HTTP/1.1\r\n${H}\r\n`, 400, "The target must be a path.");
refused("https as target", `GET https://localhost/ HTTP/1.1\r\n${H}\r\n`, 400, "The target must be a path.");
refused("an absolute target without a host", `GET http:/// HTTP/1.1\r\n${H}\r\n`, 400, "The target must name a host.");
refused(
	"an absolute target without a host by HTTP/1.0",
	"GET http:/// HTTP/1.0\r\n\r\n",
	400,
	"The target must name a host.",
);
refused("a bare LF after the request line", `GET / HTTP/1.1\n${H}\r\n`, 400, malformed);
refused("bare LFs throughout", "GET / HTTP/1.1\nHost: localhost\n\n", 400, malformed);
refused("a bare LF after a field", "GET / HTTP/1.1\r\nHost: localhost\n\r\n", 400, malformed);
refused("a bare LF in a value", "GET / HTTP/1.1\r\nHost: localhost\r\nA: b\nc\r\n\r\n", 400, malformed);
refused("a bare CR in a value", `GET / HTTP/1.1\r\n${H}A: b\rc\r\n\r\n`, 400, malformed);
refused("a bare CR in a name", `GET / HTTP/1.1\r\n${H}A\rB: c\r\n\r\n`, 400, malformed);
refused("two CRs before LF", `GET / HTTP/1.1\r\n${H}A: b\r\r\n\r\n`, 400, malformed);
refused("a CR in the request line", `GET /\r HTTP/1.1\r\n${H}\r\n`, 400, malformed);
refused("a NUL in a value", `GET / HTTP/1.1\r\n${H}A: b\0c\r\n\r\n`, 400, malformed);
refused("a NUL in the target", `GET /\0 HTTP/1.1\r\n${H}\r\n`, 400, malformed);
refused("a field without a colon", `GET / HTTP/1.1\r\n${H}Accept\r\n\r\n`, 400, malformed);
refused("a field without a name", `GET / HTTP/1.1\r\n${H}: x\r\n\r\n`, 400, malformed);
refused("a space before the colon", `GET / HTTP/1.1\r\n${H}Accept : */*\r\n\r\n`, 400, malformed);
refused("a space before the colon of Host", "GET / HTTP/1.1\r\nHost : localhost\r\n\r\n", 400, malformed);
refused(
	"a space before the colon of Content-Length",
	`GET / HTTP/1.1\r\n${H}Content-Length : 5\r\n\r\n`,
	400,
	malformed,
);
refused("a tab before the colon", `GET / HTTP/1.1\r\n${H}Accept\t: */*\r\n\r\n`, 400, malformed);
refused("a space in a name", `GET / HTTP/1.1\r\n${H}Acc ept: */*\r\n\r\n`, 400, malformed);
refused("a folded line, by a space", `GET / HTTP/1.1\r\n${H}A: b\r\n c\r\n\r\n`, 400, malformed);
refused("a folded line, by a tab", `GET / HTTP/1.1\r\n${H}A: b\r\n\tc\r\n\r\n`, 400, malformed);
refused("a folded line with a colon", `GET / HTTP/1.1\r\n${H}A: b\r\n c: d\r\n\r\n`, 400, malformed);
refused("a folded line with a colon, by a tab", `GET / HTTP/1.1\r\n${H}A: b\r\n\tc: d\r\n\r\n`, 400, malformed);
refused("a first line that begins with a space", `GET / HTTP/1.1\r\n ${H}\r\n`, 400, malformed);
for (const character of '"(),/;<=>?@[\\]{}')
	refused(`${character} in a name`, `GET / HTTP/1.1\r\n${H}A${character}b: c\r\n\r\n`, 400, malformed);
refused("a byte beyond ASCII in a name", `GET / HTTP/1.1\r\n${H}Caf\xe9: c\r\n\r\n`, 400, malformed);
refused("no Host", "GET / HTTP/1.1\r\n\r\n", 400, "A Host field is missing.");
refused("an empty Host", "GET / HTTP/1.1\r\nHost:\r\n\r\n", 400, "A Host field is missing.");
refused("two Hosts", `GET / HTTP/1.1\r\n${H}${H}\r\n`, 400, "A field that may come once came twice.");
refused(
	"two different Hosts",
	`GET / HTTP/1.1\r\n${H}HOST: evil.example\r\n\r\n`,
	400,
	"A field that may come once came twice.",
);
const ambiguous = "The length of the body is ambiguous.";
const twice = "A field that may come once came twice.";
const number = "Content-Length must be a number.";
refused(
	"length and chunks",
	`POST / HTTP/1.1\r\n${H}Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`,
	400,
	ambiguous,
);
refused(
	"chunks and length",
	`POST / HTTP/1.1\r\n${H}Transfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n0\r\n\r\n`,
	400,
	ambiguous,
);
refused("chunks in HTTP/1.0", `POST / HTTP/1.0\r\n${H}Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n`, 400, ambiguous);
refused(
	"two different lengths",
	`POST / HTTP/1.1\r\n${H}Content-Length: 5\r\nContent-Length: 6\r\n\r\nhello`,
	400,
	twice,
);
refused("two equal lengths", `POST / HTTP/1.1\r\n${H}Content-Length: 5\r\nContent-Length: 5\r\n\r\nhello`, 400, twice);
refused("a list of lengths", `POST / HTTP/1.1\r\n${H}Content-Length: 5, 5\r\n\r\nhello`, 400, number);
refused(
	"two transfer codings",
	`POST / HTTP/1.1\r\n${H}Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`,
	400,
	twice,
);
for (const length of ["-1", "+5", "5.0", "5e0", "0x5", "five", "", "5 5", "9999999999"])
	refused(
		`Content-Length: ${JSON.stringify(length)}`,
		`POST / HTTP/1.1\r\n${H}Content-Length: ${length}\r\n\r\nhello`,
		400,
		number,
	);
for (const coding of ["gzip", "gzip, chunked", "chunked, gzip", "identity", "xchunked", "chunked;q=1", ""])
	refused(
		`Transfer-Encoding: ${JSON.stringify(coding)}`,
		`POST / HTTP/1.1\r\n${H}Transfer-Encoding: ${coding}\r\n\r\n0\r\n\r\n`,
		501,
		"The only transfer coding is chunked.",
	);
refused(
	"a body of 2049 bytes",
	`PUT / HTTP/1.1\r\n${H}Content-Length: 2049\r\n\r\n`,
	413,
	"The body is longer than 2048 bytes.",
);
refused(
	"a body of a gigabyte, expected",
	`PUT / HTTP/1.1\r\n${H}Content-Length: 999999999\r\nExpect: 100-continue\r\n\r\n`,
	413,
	"The body is longer than 2048 bytes.",
);
refused(
	"another expectation",
	`PUT / HTTP/1.1\r\n${H}Content-Length: 5\r\nExpect: 200-maybe\r\n\r\nhello`,
	417,
	"The only expectation is 100-continue.",
);
refused(
	"another expectation without a body",
	`GET /nope HTTP/1.1\r\n${H}Expect: 200-maybe\r\n\r\n`,
	417,
	"The only expectation is 100-continue.",
);
const size = "The size of a chunk must be hexadecimal.";
const chunked = `PUT / HTTP/1.1\r\n${H}Transfer-Encoding: chunked\r\n\r\n`;
for (const bad of [
	"",
	"x",
	"-1",
	"+1",
	"0x1",
	" 1",
	"1g",
	"123456789",
	"5 a",
	`5${" ".repeat(40)}a`,
	"5;\x07",
	"5;a\0",
	"5\t=",
	"5;a=\x7f",
])
	refused(`a chunk of size ${JSON.stringify(bad)}`, `${chunked}${bad}\r\nhello\r\n0\r\n\r\n`, 400, size);
refused("a chunk longer than its size", `${chunked}3\r\nhello\r\n0\r\n\r\n`, 400, "A chunk is longer than its size.");
refused("a size line that ends in LF", `${chunked}5\nhello\r\n0\r\n\r\n`, 400, lineEnd);
refused("a chunk that ends in LF", `${chunked}5\r\nhello\n0\r\n\r\n`, 400, lineEnd);
refused("a chunk of 2049 bytes", `${chunked}801\r\n`, 413, "The body is longer than 2048 bytes.");
refused(
	"chunks of 2049 bytes in all",
	`${chunked}400\r\n${"x".repeat(1024)}\r\n401\r\n`,
	413,
	"The body is longer than 2048 bytes.",
);
refused(
	"a chunk extension without end",
	`${chunked}1;${"x".repeat(2100)}`,
	413,
	"The chunks of the body are too many.",
);
refused(
	"trailers without end",
	`${chunked}0\r\n${"a: b\r\n".repeat(400)}`,
	413,
	"The chunks of the body are too many.",
);
for (const bad of ["A", ": b", "A : b", " A: b", "A(: b", "A: b\x07", "A: \0", `${"x".repeat(65)}: b`, "A: b\x7f"])
	refused(`a trailer ${JSON.stringify(bad)}`, `${chunked}0\r\nB: c\r\n${bad}\r\n\r\n`, 400, malformed);
for (const name of ["X", "Accept", "Cookie"])
	for (const control of ["\x01", "\x07", "\x08", "\x0b", "\x0c", "\x1b", "\x1f", "\x7f"])
		refused(
			`byte ${control.charCodeAt(0)} in ${name}`,
			`GET / HTTP/1.1\r\n${H}${name}: a${control}b\r\n\r\n`,
			400,
			malformed,
		);
for (const [name, most] of [
	["Authorization", 256],
	["Connection", 256],
	["Content-Length", 32],
	["Content-Type", 128],
	["Expect", 64],
	["Origin", 270],
	["Transfer-Encoding", 64],
] as const)
	for (const value of ["x".repeat(most + 1), ",".repeat(4000), `${" ".repeat(3900)}x`])
		refused(
			`${name} of ${value.length} characters like ${JSON.stringify(value[0])}`,
			`GET / HTTP/1.1\r\n${H}${name}: ${value}\r\n\r\n`,
			431,
			`The field ${name.toLowerCase()} is longer than ${most} bytes.`,
		);
refused(
	"a Host of 263 characters",
	`GET / HTTP/1.1\r\nHost: ${"x".repeat(263)}\r\n\r\n`,
	431,
	"The field host is longer than 262 bytes.",
);
refused(
	"a Host of 4000 characters",
	`GET / HTTP/1.1\r\nHost: ${"x".repeat(4000)}\r\n\r\n`,
	431,
	"The field host is longer than 262 bytes.",
);
refused(
	"a request line of 1025 bytes",
	`GET /${"x".repeat(1011)} HTTP/1.1\r\n${H}\r\n`,
	414,
	"The request line is longer than 1024 bytes.",
);
refused("a request line without end", `GET /${"x".repeat(1100)}`, 414, "The request line is longer than 1024 bytes.");
refused(
	"header fields of 4097 bytes",
	`GET / HTTP/1.1\r\n${H}A: ${"x".repeat(4097 - 17 - 7)}\r\n\r\n`,
	431,
	"The header fields are longer than 4096 bytes.",
);
refused(
	"a header field without end",
	`GET / HTTP/1.1\r\n${H}A: ${"x".repeat(4200)}`,
	431,
	"The header fields are longer than 4096 bytes.",
);
refused(
	"header fields without end",
	`GET / HTTP/1.1\r\n${"A: b\r\n".repeat(700)}`,
	431,
	"The header fields are longer than 4096 bytes.",
);
refused("a malformed escape", `GET /%zz HTTP/1.1\r\n${H}\r\n`, 400, "The address has a malformed % escape.");
refused("an escape that is no UTF-8", `GET /%ff HTTP/1.1\r\n${H}\r\n`, 400, "The address has a malformed % escape.");
refused("an escape cut off", `GET /% HTTP/1.1\r\n${H}\r\n`, 400, "The address has a malformed % escape.");

// --- answered, and the connection stays ---

const found = told(404, missing);
row("nothing there", `GET /nope HTTP/1.1\r\n${H}\r\n`, found);
row("one empty line before the request", `\r\nGET /nope HTTP/1.1\r\n${H}\r\n`, found);
row("two empty lines before the request", `\r\n\r\nGET /nope HTTP/1.1\r\n${H}\r\n`, found);
row("a minor version beyond 1", `GET /nope HTTP/1.9\r\n${H}\r\n`, found);
row("HEAD of nothing", `HEAD /nope HTTP/1.1\r\n${H}\r\n`, told(404, missing, { head: true }));
row("a method in lower case", `get / HTTP/1.1\r\n${H}\r\n`, told(501, "The method get is not implemented."));
row("TRACE", `TRACE / HTTP/1.1\r\n${H}\r\n`, told(501, "The method TRACE is not implemented."));
row("an invented method", `BREW / HTTP/1.1\r\n${H}\r\n`, told(501, "The method BREW is not implemented."));
for (const method of ["POST", "PUT", "DELETE", "PATCH"])
	row(
		`${method} of the page`,
		`${method} / HTTP/1.1\r\n${H}\r\n`,
		told(405, "Allowed here: GET, HEAD.", { fields: "Allow: GET, HEAD\r\n" }),
	);
row(
	"OPTIONS of a resource",
	`OPTIONS / HTTP/1.1\r\n${H}\r\n`,
	`HTTP/1.1 204 No Content\r\n${SAFE}Allow: GET, HEAD\r\n\r\n`,
);
row("OPTIONS of all", `OPTIONS * HTTP/1.1\r\n${H}\r\n`, `HTTP/1.1 204 No Content\r\n${SAFE}Allow: GET, HEAD\r\n\r\n`);
row("a path that leaves", `GET /../etc/passwd HTTP/1.1\r\n${H}\r\n`, found);
row("a path that leaves, escaped", `GET /%2e%2e%2fetc%2fpasswd HTTP/1.1\r\n${H}\r\n`, found);
row("an escaped NUL", `GET /index.html%00.js HTTP/1.1\r\n${H}\r\n`, found);
row("a file that is not for the network", `GET /index.csp HTTP/1.1\r\n${H}\r\n`, found);
row("the stored form of a file", `GET /index.html.gz HTTP/1.1\r\n${H}\r\n`, found);
row("two slashes", `GET //nope HTTP/1.1\r\n${H}\r\n`, found);
row("a query", `GET /nope?a=b&c HTTP/1.1\r\n${H}\r\n`, found);
row("a malformed escape in a query nobody reads", `GET /nope?%zz HTTP/1.1\r\n${H}\r\n`, found);
row("an absolute target", `GET http://localhost/nope HTTP/1.1\r\n${H}\r\n`, found);
row("an absolute target in capitals", `GET HTTP://LOCALHOST/nope HTTP/1.1\r\n${H}\r\n`, found);
row("an absolute target wins over Host", `GET http://localhost/nope HTTP/1.1\r\nHost: evil.example\r\n\r\n`, found);
row("an absolute target with a query", `GET http://localhost/nope?x HTTP/1.1\r\n${H}\r\n`, found);
row("fields in odd capitals", `GET /nope HTTP/1.1\r\nhOsT: LocalHost\r\ncOnNeCtIoN: Keep-Alive\r\n\r\n`, found);
row("no space after the colon", `GET /nope HTTP/1.1\r\nHost:localhost\r\n\r\n`, found);
row("spaces and tabs around a value", `GET /nope HTTP/1.1\r\nHost: \t localhost \t\r\n\r\n`, found);
row("an empty value", `GET /nope HTTP/1.1\r\n${H}X:\r\n\r\n`, found);
row("a colon in a value", `GET /nope HTTP/1.1\r\n${H}X: a : b\r\n\r\n`, found);
row("Latin-1 in a value", `GET /nope HTTP/1.1\r\n${H}X: caf\xe9\r\n\r\n`, found);
row("UTF-8 in a value", `GET /nope HTTP/1.1\r\n${H}X: caf\xc3\xa9\r\n\r\n`, found);
row("every character of a token in a name", `GET /nope HTTP/1.1\r\n${H}!#$%&'*+-.^_\`|~09azAZ: x\r\n\r\n`, found);
row("a hundred fields", `GET /nope HTTP/1.1\r\n${H}${"A: b\r\n".repeat(100)}\r\n`, found);
for (const name of ["Accept", "Accept-Encoding", "Cookie", "If-None-Match", "Last-Event-ID"])
	for (const value of ["x".repeat(4000), ",".repeat(4000), `${" ".repeat(3900)}x`, "gzip;q=0.".padEnd(4000, "0")])
		row(
			`${name} of 4000 characters like ${JSON.stringify(value.slice(0, 9))}`,
			`GET /nope HTTP/1.1\r\n${H}${name}: ${value}\r\n\r\n`,
			found,
		);
row(
	"names never heard before",
	`GET /nope HTTP/1.1\r\n${H}${Array.from({ length: 300 }, (_, at) => `N${at}: \r\n`).join("")}\r\n`,
	found,
);
row("a path never heard before", `GET /a.${"b".repeat(59)} HTTP/1.1\r\n${H}\r\n`, found);
row("a thousand parameters", `GET /nope?${"a&".repeat(490)} HTTP/1.1\r\n${H}\r\n`, found);
row("a request line of 1024 bytes", `GET /${"x".repeat(1010)} HTTP/1.1\r\n${H}\r\n`, found);
row("header fields of 4096 bytes", `GET /nope HTTP/1.1\r\n${H}A: ${"x".repeat(4096 - 17 - 7)}\r\n\r\n`, found);
row("a length of nothing", `GET /nope HTTP/1.1\r\n${H}Content-Length: 0\r\n\r\n`, found);
row("GET with a body", `GET /nope HTTP/1.1\r\n${H}Content-Length: 5\r\n\r\nhello`, found);
row(
	"GET with a body in chunks",
	`GET /nope HTTP/1.1\r\n${H}Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n`,
	found,
);

// --- who may ask ---

for (const host of [
	"127.0.0.1",
	"127.0.0.1:8081",
	"192.168.4.1",
	"1.2.3",
	"localhost:80",
	"LOCALHOST",
	"localhost.",
	"[::1]",
	"[fe80::1]:80",
	"localhost:",
])
	row(`Host: ${host}`, `GET /nope HTTP/1.1\r\nHost: ${host}\r\n\r\n`, found);
for (const host of [
	"evil.example",
	"localhost.evil.example",
	"127.0.0.1.evil.example",
	"192.168.4.1e2",
	"example.com:80",
])
	row(
		`Host: ${host}`,
		`GET /nope HTTP/1.1\r\nHost: ${host}\r\n\r\n`,
		told(421, `${host.replace(/:\d+$/, "")} is no name of this server; add it to "hosts" in the settings to allow it.`),
	);
row(
	"an absolute target of another host",
	`GET http://evil.example/ HTTP/1.1\r\n${H}\r\n`,
	told(421, 'evil.example is no name of this server; add it to "hosts" in the settings to allow it.'),
);
for (const host of ["a b", "user@localhost", "localhost:port", "localhost/path", "[::1", "localhost:123456"])
	row(
		`Host: ${host}`,
		`GET /nope HTTP/1.1\r\nHost: ${host}\r\n\r\n`,
		told(400, "The Host field must be a name or an address."),
	);

// --- persistence ---

const bye = { closes: true };
row(
	"Connection: close",
	`GET /nope HTTP/1.1\r\n${H}Connection: close\r\n\r\n`,
	told(404, missing, { connection: "close" }),
	bye,
);
row(
	"close in a list",
	`GET /nope HTTP/1.1\r\n${H}Connection: Upgrade, Close\r\n\r\n`,
	told(404, missing, { connection: "close" }),
	bye,
);
row(
	"close in a second field",
	`GET /nope HTTP/1.1\r\n${H}Connection: upgrade\r\nConnection: close\r\n\r\n`,
	told(404, missing, { connection: "close" }),
	bye,
);
row("a word that holds close", `GET /nope HTTP/1.1\r\n${H}Connection: enclosed\r\n\r\n`, found);
row("HTTP/1.0 without Host", "GET /nope HTTP/1.0\r\n\r\n", told(404, missing, { connection: "close" }), bye);
row("HTTP/1.0 with Host", `GET /nope HTTP/1.0\r\n${H}\r\n`, told(404, missing, { connection: "close" }), bye);
row(
	"HTTP/1.0 keep-alive",
	`GET /nope HTTP/1.0\r\n${H}Connection: Keep-Alive\r\n\r\n`,
	told(404, missing, { connection: "keep-alive" }),
);
row(
	"two requests in one piece",
	`GET /nope HTTP/1.1\r\n${H}\r\nHEAD /nope HTTP/1.1\r\n${H}\r\n`,
	found + told(404, missing, { head: true }),
);
row(
	"three requests, the second closes",
	`GET /nope HTTP/1.1\r\n${H}\r\nGET /nope HTTP/1.1\r\n${H}Connection: close\r\n\r\nGET /nope HTTP/1.1\r\n${H}\r\n`,
	found + told(404, missing, { connection: "close" }),
	bye,
);
row(
	"a good and a bad request",
	`GET /nope HTTP/1.1\r\n${H}\r\nGET\r\n\r\n`,
	found + told(400, malformed, { connection: "close" }),
	bye,
);
row(
	"empty lines between requests",
	`GET /nope HTTP/1.1\r\n${H}\r\n\r\n\r\nGET /nope HTTP/1.1\r\n${H}\r\n`,
	found + found,
);
row("twenty requests in one piece", `GET /nope HTTP/1.1\r\n${H}\r\n`.repeat(20), found.repeat(20));
row(
	"a body, then a request",
	`GET /nope HTTP/1.1\r\n${H}Content-Length: 5\r\n\r\nGET /GET /nope HTTP/1.1\r\n${H}\r\n`,
	found + found,
);
row(
	"a body in chunks, then a request",
	`GET /nope HTTP/1.1\r\n${H}Transfer-Encoding: chunked\r\n\r\n3\r\nGET\r\n0\r\n\r\nGET /nope HTTP/1.1\r\n${H}\r\n`,
	found + found,
);

// --- the page ---

const page = (more = "") =>
	new RegExp(
		`^HTTP/1\\.1 200 OK\\r\\n(?:[^\\r]+\\r\\n)*Content-Type: text/html;charset=utf-8\\r\\n(?:[^\\r]+\\r\\n)*${more}(?:[^\\r]+\\r\\n)*\\r\\n`,
	);
row("the page", `GET / HTTP/1.1\r\n${H}\r\n`, page("Vary: Accept-Encoding\\r\\n"));
row("the page with a query", `GET /?lang=pt HTTP/1.1\r\n${H}\r\n`, page());
row("the page's policy", `GET / HTTP/1.1\r\n${H}\r\n`, page("Content-Security-Policy: default-src 'none'"));
row(
	"the page's head",
	`HEAD / HTTP/1.1\r\n${H}\r\n`,
	/^HTTP\/1\.1 200 OK\r\n(?:[^\r]+\r\n)*Content-Length: [1-9]\d*\r\n(?:[^\r]+\r\n)*\r\n$/,
);
row(
	"the page in an escaped spelling",
	`GET %2f HTTP/1.1\r\n${H}\r\n`,
	told(400, "The target must be a path.", { connection: "close" }),
	bye,
);
for (const coding of [
	"gzip",
	"gzip, deflate",
	"deflate, gzip;q=0.5",
	"GZIP",
	"*",
	"br, *;q=0.1",
	"gzip;q=1.000",
	"x-gzip",
])
	row(
		`Accept-Encoding: ${coding}`,
		`HEAD / HTTP/1.1\r\n${H}Accept-Encoding: ${coding}\r\n\r\n`,
		/\r\nContent-Encoding: gzip\r\n/,
	);
for (const coding of ["identity", "br", "gzip;q=0", "gzip;q=0.000, *", "*;q=0", "", "gzipped", "deflate"])
	row(
		`Accept-Encoding: ${coding}`,
		`HEAD / HTTP/1.1\r\n${H}Accept-Encoding: ${coding}\r\n\r\n`,
		/^(?![\s\S]*\r\nContent-Encoding:)HTTP\/1\.1 200 OK\r\n/,
	);
row(
	"any tag matches",
	`GET / HTTP/1.1\r\n${H}If-None-Match: *\r\n\r\n`,
	/^HTTP\/1\.1 304 Not Modified\r\n(?:[^\r]+\r\n)*ETag: "[^"]+"\r\n(?:[^\r]+\r\n)*\r\n$/,
);
row("another tag does not match", `HEAD / HTTP/1.1\r\n${H}If-None-Match: "other"\r\n\r\n`, /^HTTP\/1\.1 200 OK\r\n/);

// --- what changes something ---

const own = { own: true };
const json = "Content-Type: application/json\r\n";
const put = (fields: string, body = "", path = "/echo") => `PUT ${path} HTTP/1.1\r\n${H}${fields}\r\n${body}`;
row("a body by length", put(`${json}Content-Length: 5\r\n`, "hello"), echoed("hello"), own);
row("a body of 2048 bytes", put(`${json}Content-Length: 2048\r\n`, "x".repeat(2048)), echoed("x".repeat(2048)), own);
row("a body of all bytes", put(`${json}Content-Length: 6\r\n`, "\0\r\n\r\n\xff"), echoed("\0\r\n\r\n\xff"), own);
row(
	"a body in one chunk",
	put(`${json}Transfer-Encoding: chunked\r\n`, "5\r\nhello\r\n0\r\n\r\n"),
	echoed("hello"),
	own,
);
row(
	"a body in chunks",
	put(`${json}Transfer-Encoding: Chunked\r\n`, "2\r\nhe\r\n3;a=b\r\nllo\r\n0\r\n\r\n"),
	echoed("hello"),
	own,
);
row(
	"chunks with hexadecimal sizes",
	put(`${json}Transfer-Encoding: chunked\r\n`, `0A\r\n${"x".repeat(10)}\r\n00b\r\n${"y".repeat(11)}\r\n000\r\n\r\n`),
	echoed("xxxxxxxxxxyyyyyyyyyyy"),
	own,
);
row(
	"chunks with spaces, extensions and bytes beyond ASCII in their size lines",
	put(`${json}Transfer-Encoding: chunked\r\n`, '2 \t\r\nhe\r\n3 ; a="b;\t\xe9"\r\nllo\r\n0;\r\n\r\n'),
	echoed("hello"),
	own,
);
row(
	"chunks with a trailer",
	put(`${json}Transfer-Encoding: chunked\r\n`, "5\r\nhello\r\n0\r\nA: b\r\nHost: evil\r\n\r\n"),
	echoed("hello"),
	own,
);
row("no chunk but the last", put(`${json}Transfer-Encoding: chunked\r\n`, "0\r\n\r\n"), echoed(""), own);
row(
	"chunks that hold line ends",
	put(`${json}Transfer-Encoding: chunked\r\n`, "4\r\n\r\n\r\n\r\n0\r\n\r\n"),
	echoed("\r\n\r\n"),
	own,
);
row(
	"two bodies in one piece",
	put(`${json}Content-Length: 3\r\n`, "one") + put(`${json}Transfer-Encoding: chunked\r\n`, "3\r\ntwo\r\n0\r\n\r\n"),
	echoed("one") + echoed("two"),
	own,
);
row(
	"a media type with a parameter",
	put("Content-Type: application/json; charset=utf-8\r\nContent-Length: 2\r\n", "{}"),
	echoed("{}"),
	own,
);
row(
	"a media type in capitals",
	put("content-type: APPLICATION/JSON\r\nContent-Length: 2\r\n", "{}"),
	echoed("{}"),
	own,
);
row("an empty body, announced", put(`${json}Content-Length: 0\r\n`), echoed(""), own);
row("no body", put(json), told(411, "The body must have a length."), own);
row("POST without a body", `POST /echo HTTP/1.1\r\n${H}${json}\r\n`, told(411, "The body must have a length."), own);
row("no media type", put("Content-Length: 2\r\n", "{}"), told(415, "The body must be application/json."), own);
for (const type of [
	"text/plain",
	"application/x-www-form-urlencoded",
	"multipart/form-data",
	"application/jsonp",
	"text/json",
])
	row(
		`a body of ${type}`,
		put(`Content-Type: ${type}\r\nContent-Length: 2\r\n`, "{}"),
		told(415, "The body must be application/json."),
		own,
	);
row("the device's own page", put(`${json}Origin: http://localhost\r\nContent-Length: 2\r\n`, "{}"), echoed("{}"), own);
const foreign = told(403, "Another site's page may not change anything here.");
for (const origin of [
	"http://evil.example",
	"https://localhost",
	"http://localhost:8080",
	"null",
	"http://localhost.evil.example",
])
	row(`a page of ${origin}`, put(`${json}Origin: ${origin}\r\nContent-Length: 2\r\n`, "{}"), foreign, own);
row(
	"a page of another site may read",
	`GET /echo HTTP/1.1\r\n${H}Origin: http://evil.example\r\n\r\n`,
	echoed(""),
	own,
);
row("expected, with its body", put(`${json}Content-Length: 5\r\nExpect: 100-continue\r\n`, "hello"), echoed("hello"), {
	own: true,
	interim: true,
});
row("expected in capitals", put(`${json}Content-Length: 5\r\nExpect: 100-CONTINUE\r\n`, "hello"), echoed("hello"), {
	own: true,
	interim: true,
});
row(
	"expected in chunks",
	put(`${json}Transfer-Encoding: chunked\r\nExpect: 100-continue\r\n`, "5\r\nhello\r\n0\r\n\r\n"),
	echoed("hello"),
	{ own: true, interim: true },
);
row(
	"expected where it is not wanted",
	put(`Content-Type: text/plain\r\nContent-Length: 5\r\nExpect: 100-continue\r\n`, "hello"),
	told(415, "The body must be application/json.", { connection: "close" }),
	{ own: true, closes: true },
);
row("an expectation without a body", `GET /echo HTTP/1.1\r\n${H}Expect: 100-continue\r\n\r\n`, echoed(""), own);
const old = (expect: string) =>
	`PUT /echo HTTP/1.0\r\nConnection: keep-alive\r\n${json}Content-Length: 5\r\nExpect: ${expect}\r\n\r\nhello`;
for (const expect of ["100-continue", "200-maybe"])
	row(`HTTP/1.0 expects ${expect}`, old(expect), echoed("hello", { connection: "keep-alive" }), own);
row(
	"HTTP/1.0 expects 200-maybe without a body",
	"GET /nope HTTP/1.0\r\nExpect: 200-maybe\r\n\r\n",
	told(404, missing, { connection: "close" }),
	bye,
);
row("HEAD of a body", `HEAD /echo HTTP/1.1\r\n${H}\r\n`, echoed("", { head: true }), own);
row(
	"a handler that throws",
	`GET /fail HTTP/1.1\r\n${H}\r\nGET /nope HTTP/1.1\r\n${H}\r\n`,
	told(500, "The server failed to respond.") + found,
	own,
);
row(
	"made as it is sent",
	`GET /pieces HTTP/1.1\r\n${H}\r\n`,
	`HTTP/1.1 200 OK\r\n${SAFE}Transfer-Encoding: chunked\r\n\r\n3\r\none\r\n3\r\ntwo\r\n5\r\nthree\r\n0\r\n\r\n`,
	own,
);
row(
	"made as it is sent, to HTTP/1.0",
	"GET /pieces HTTP/1.0\r\n\r\n",
	`HTTP/1.1 200 OK\r\n${SAFE}Connection: close\r\n\r\nonetwothree`,
	{ own: true, closes: true },
);
row(
	"the head of what is made as it is sent",
	`HEAD /pieces HTTP/1.1\r\n${H}\r\n`,
	`HTTP/1.1 200 OK\r\n${SAFE}Transfer-Encoding: chunked\r\n\r\n`,
	own,
);

// --- readings and stream ---

row(
	"readings",
	`GET /api/readings HTTP/1.1\r\n${H}\r\n`,
	/^HTTP\/1\.1 200 OK\r\n(?:[^\r]+\r\n)*Content-Type: application\/json\r\n(?:[^\r]+\r\n)*Content-Length: \d+\r\n\r\n\{"boot":.*\}$/s,
);
row(
	"readings for a person",
	`GET /api/readings HTTP/1.1\r\n${H}Accept: text/plain\r\n\r\n`,
	/^HTTP\/1\.1 200 OK\r\n(?:[^\r]+\r\n)*Content-Type: text\/plain;charset=utf-8\r\n/,
);
row(
	"readings for a browser",
	`GET /api/readings HTTP/1.1\r\n${H}Accept: text/html, */*\r\n\r\n`,
	/^HTTP\/1\.1 200 OK\r\n(?:[^\r]+\r\n)*Content-Type: application\/json\r\n/,
);
row(
	"the device",
	`GET /api/device HTTP/1.1\r\n${H}\r\n`,
	/^HTTP\/1\.1 200 OK\r\n(?:[^\r]+\r\n)*(?:Content-Length: \d+\r\n\r\n|Transfer-Encoding: chunked\r\n\r\n[\da-f]+\r\n)\{"name":.*"sensors":\[.*\]\}(?:\r\n0\r\n\r\n)?$/s,
);
const stream =
	/^HTTP\/1\.1 200 OK\r\n(?:[^\r]+\r\n)*Content-Type: text\/event-stream\r\n(?:[^\r]+\r\n)*Connection: close\r\n\r\nretry: 1000\n\nevent: hello\ndata: \{"boot":/;
for (const accept of [
	"",
	"Accept: text/event-stream\r\n",
	"Accept: */*\r\n",
	"Accept: text/*;q=0.5\r\n",
	"Accept: text/html, text/event-stream;q=0.9\r\n",
])
	row(
		`a stream, ${accept.trim() || "whatever is accepted"}`,
		`GET /sensor-data-events HTTP/1.1\r\n${H}${accept}\r\n`,
		stream,
	);
row(
	"a stream nobody accepts",
	`GET /sensor-data-events HTTP/1.1\r\n${H}Accept: application/json\r\n\r\n`,
	told(406, "This is a text/event-stream."),
);
row(
	"the head of the stream",
	`HEAD /sensor-data-events HTTP/1.1\r\n${H}\r\n`,
	/^HTTP\/1\.1 200 OK\r\n(?:[^\r]+\r\n)*Content-Type: text\/event-stream\r\n(?:[^\r]+\r\n)*\r\n$/,
	bye,
);
row("a stream of HTTP/1.0", "GET /sensor-data-events HTTP/1.0\r\n\r\n", stream);
