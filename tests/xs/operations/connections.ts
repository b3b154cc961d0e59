// What a connection keeps.

import { chromium, get } from "../../fakes/clients.js";
import { type Cost, kept } from "../costs.js";
import { connect } from "../sockets.js";
import { bytesOf, endless, openStream, PageServer } from "./harness.js";

export const connections: Record<string, () => Cost> = {
	"kept by a connection whose request line is at its bound": () => {
		new PageServer();
		return kept(() => {
			const tcp = connect();
			tcp.receive(bytesOf(`GET /${"x".repeat(1019)}`));
			return tcp;
		});
	},
	"kept by a connection that was refused and still sends": () => {
		new PageServer();
		const pieces = endless().slice(0, 20);
		return kept(() => {
			const tcp = connect();
			for (let at = 0; at < pieces.length; at++) tcp.receive(pieces[at]!);
			return tcp;
		});
	},
	"kept by an idle connection": () => {
		new PageServer();
		return kept(connect);
	},
	"kept by a connection in mid-header": () => {
		new PageServer();
		return kept(() => {
			const tcp = connect();
			tcp.receive(bytesOf(chromium.slice(0, 300)));
			return tcp;
		});
	},
	"kept by a connection in mid-header, at the bound": () => {
		new PageServer();
		const head = get(`/${"x".repeat(1000)}`, `Cookie: ${"x".repeat(4000)}\r\n`).slice(0, -2);
		return kept(() => {
			const tcp = connect();
			tcp.receive(bytesOf(head));
			return tcp;
		});
	},
	"kept by an open stream": () => {
		new PageServer();
		return kept(() => openStream());
	},
};
