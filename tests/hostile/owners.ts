// Who would be the owner of a device that has no password: hosts and origins of its own computer, and what looks like them.

import { fill, LONG, type Row } from "./rows.js";

const MOST = 32;

const put = (host: string, fields = "", version = "1.1") =>
	`PUT /api/settings HTTP/${version}\r\n${host && `Host: ${host}\r\n`}${fields}Content-Type: application/json\r\nContent-Length: 13\r\n\r\n{"units":"C"}`;

const row = (name: string, request: string): Row => ({
	name: `owner by ${name}`,
	of: "owner",
	device: "own",
	most: MOST,
	request: () => request,
});

/** The longest that `Host` and `Origin` may be. */
const [HOST, ORIGIN] = [262, 270];

export const owners: readonly Row[] = [
	row("localhost", put("localhost")),
	row("its own page", put("localhost:8081", "Origin: http://localhost:8081\r\n")),
	row("no Host", put("")),
	row("HTTP/1.0 without Host", put("", "", "1.0")),
	row("HTTP/1.0 with an origin", put("", "Origin: http://\r\n", "1.0")),
	row("an origin that is null", put("localhost", "Origin: null\r\n")),
	row("an empty origin", put("localhost", "Origin:\r\n")),
	row("another port's page", put("localhost:8081", "Origin: http://localhost:8082\r\n")),
	row("another host's page", put("127.0.0.1", "Origin: http://localhost\r\n")),
	row("a rebound name", put("evil.example", "Origin: http://evil.example\r\n")),
	row("a name that ends like its own", put("evil.localhost", "Origin: http://evil.localhost\r\n")),
	row("an address of the network", put("192.168.1.50")),
	row("a port without end", put(`localhost:${fill("8", HOST - 10)}`)),
	row("colons without end", put(fill(":", HOST))),
	row("brackets without end", put(`[::1]${fill("[::1]", HOST - 5)}`)),
	row("a host as long as it may be", put(fill("a.", HOST))),
	row("an origin as long as it may be", put("localhost", `Origin: http://${fill("a.", ORIGIN - 7)}\r\n`)),
	row("origins over and over", put("localhost", fill("Origin: http://localhost\r\n", LONG))),
	row("hosts over and over", put("localhost", fill("Host: localhost\r\n", LONG))),
];
