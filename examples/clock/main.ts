/** Sends the time once a second to whoever asks: `curl -N http://ADDRESS:8080/time`. */

import Listener from "embedded:io/socket/listener";
import { fieldTable } from "modules/http/field-rules";
import { Server, type ServerOptions } from "modules/http/server";
import { XSClock } from "modules/platform/xs/clock";
import { text } from "modules/platform/xs/text";
import { Broadcaster, STREAM_FIELDS } from "modules/sse/broadcaster";

const clock = new XSClock();
const uptime = () => ({ uptimeMs: clock.ticks });
const boot = Math.random().toString(36).slice(2);
const broadcaster = new Broadcaster({ clock, text, boot, hello: uptime, heartbeat: uptime });

new Server({
	Listener: Listener as unknown as ServerOptions["Listener"],
	clock,
	text,
	port: 8080,
	fields: fieldTable(STREAM_FIELDS),
	routes: new Map([["/time", broadcaster]]),
});

clock.repeat(() => broadcaster.publish("time", "UTC", { time: new Date().toISOString() }), 1000);
