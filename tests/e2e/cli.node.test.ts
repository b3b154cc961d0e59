// `npm start`: options, errors in one line, and how it ends.

import assert from "node:assert/strict";
import { type TestContext, test } from "node:test";
import { runToEnd, startDevice } from "./device.js";
import { ownRecordings, temporaryFile } from "./recordings.js";
import { EventStream } from "./stream.js";

/** Ended with status 2 and one line on stderr that matches. */
async function refused(args: string[], line: RegExp): Promise<void> {
	const { status, stdout, stderr } = await runToEnd(args);
	assert.match(stderr, line);
	assert.equal(stderr.trimEnd().split("\n").length, 1, stderr);
	assert.deepEqual({ status, stdout }, { status: 2, stdout: "" });
}

test("--help lists the options", async () => {
	const { status, stdout } = await runToEnd(["--help"]);
	assert.equal(status, 0);
	for (const option of [
		"--port",
		"--host",
		"--replay",
		"--interval",
		"--config",
		"--sensor",
		"--fault",
		"--setup",
		"--wifi",
		"--press",
		"--mqtt",
		"--state",
		"--speed",
		"--help",
	])
		assert.ok(stdout.includes(option), option);
});

for (const [args, line] of [
	[["--prot", "80"], /^unknown option --prot; /],
	[["-x"], /^unknown option -x; /],
	[["8082"], /^"8082" is not an option; /],
	[["--port"], /^--port needs a value; /],
	[["--port", "99999"], /^--port "99999" is not allowed; a whole number from 0 to 65535 is$/m],
	[["--port", "http"], /^--port "http" is not allowed; /],
	[["--interval", "9"], /^--interval "9" is not allowed; a whole number from 10 to 3600000 is$/m],
	[["--host", "203.0.113.7"], /^203\.0\.113\.7:8081 is not on this computer; /],
	[["--replay", "/nowhere.json"], /^\/nowhere\.json: cannot be read \(ENOENT\)$/m],
	[["--config", "/nowhere.json"], /^\/nowhere\.json: cannot be read \(ENOENT\)$/m],
	[["--sensor", "Room"], /^--sensor "Room" is not allowed; /],
	[["--sensor", "Room=DHT99"], /^sensors\[0\]\.model: "DHT99" is not allowed; the models are /],
	[["--sensor", "A=DHT22", "--sensor", "A=DHT11"], /^sensors\[1\]\.name: "A" is not allowed; /],
	[["--fault", "boredom:0.5"], /^--fault "boredom:0.5" is not allowed; KIND:PROBABILITY is, /],
	[["--fault", "checksum:2"], /^--fault "checksum:2" is not allowed; /],
	[["--speed", "0"], /^--speed "0" is not allowed; a whole number from 1 to 1000 is$/m],
	[["--setup=yes"], /^--setup takes no value$/m],
	[["--wifi", "Home"], /^--wifi "Home" is not allowed; NAME:PASSWORD:DBM like /],
	[["--wifi", "Home:short:-50"], /^--wifi "Home:short:-50" is not allowed; /],
	[["--mqtt", "broker.local"], /^--mqtt "broker.local" is not allowed; a URL like mqtt:\/\//],
	[["--mqtt", "mqtts://broker.local"], /^--mqtt "mqtts:\/\/broker.local" is not allowed; /],
	[["--mqtt", "mqtt://broker.local/a//b"], /^mqttPrefix: "a\/\/b" is not allowed; /],
	[["--press", "2000"], /^--press "2000" is not allowed; AT:MS like 2000:100 is, in whole milliseconds$/m],
	[["--press", "1:-5"], /^--press "1:-5" is not allowed; /],
	[["--fault", "checksum:0.6", "--fault", "timing:0.6"], /^--fault: the probabilities add up to 1\.2; /],
	[["--fault", "checksum:0.1", "--fault", "checksum:0.6"], /^--fault checksum is there twice; /],
] as const)
	test(`refused: ${args.join(" ")}`, () => refused([...args], line));

for (const [content, line] of [
	["{", /: not JSON \(/],
	["{}", /: must be an array of at least one capture$/m],
	["[]", /: must be an array of at least one capture$/m],
	["[5]", /: capture 1: must be an object with file, model and frames$/m],
	['[{"file":"a","model":"DHT22","frames":[]}]', /: capture 1: frames must be an array of at least one frame$/m],
	[
		'[{"file":"a","model":"DHT22","frames":[{"pulsesUs":["x"]}]}]',
		/: capture 1: frame 1: pulsesUs must be an array of /,
	],
	['[{"file":"a","model":"XYZ","frames":[{"pulsesUs":[]}]}]', /: a: model "XYZ" is not known/],
] as const)
	test(`a malformed recording is refused: ${content}`, async t => {
		await refused(["--replay", await temporaryFile(t, "bad.json", content)], line);
	});

for (const [content, line] of [
	["not json", /: not JSON \(/],
	["[]", /: must be an object like \{"config": \{…\}\}$/m],
	['{"config":{},"colour":1}', /: colour is not allowed; the only key is config$/m],
	['{"config":{"intervall":5}}', /^intervall: 5 is not allowed; the keys are name, /],
	['{"config":{"sensors":[{"name":"A","model":"DHT99","pin":4}]}}', /^sensors\[0\]\.model: "DHT99" is not allowed; /],
	['{"config":{"sensors":[{"name":"A","model":"DHT22","pin":"four"}]}}', /^sensors\[0\]\.pin: "four" is not allowed; /],
	[
		'{"config":{"sensors":[{"name":"A","model":"DHT22","pin":4},{"name":"A","model":"DHT22","pin":5}]}}',
		/^sensors\[1\]\.name: "A" is not allowed; no two sensors may have one name$/m,
	],
] as const)
	test(`a bad configuration is refused: ${content}`, async t => {
		await refused(["--config", await temporaryFile(t, "bad.json", content)], line);
	});

test("a busy port is refused", async t => {
	const device = await startDevice();
	t.after(() => device.stop());
	const port = new URL(device.url).port;
	await refused(["--port", port], new RegExp(`^127\\.0\\.0\\.1:${port} is in use; choose another with --port$`, "m"));
});

for (const signal of ["SIGINT", "SIGTERM"] as const)
	test(`${signal} ends it with status 0, also with a stream open`, async () => {
		const device = await startDevice();
		const stream = await EventStream.open(`${device.url}/sensor-data-events`);
		assert.equal(await device.stop(signal), 0);
		stream.close();
	});

test("an interval below the model's minimum is raised, and a line says so", async t => {
	const device = await startDevice("--interval", "500", "--sensor", "Attic=AM2302", "--sensor", "Shed=DHT11");
	t.after(() => device.stop());
	assert.match(device.output(), /^Attic: interval raised from 500 to 2000 ms, the minimum of DHT22$/m);
	assert.match(device.output(), /^Shed: interval raised from 500 to 1000 ms, the minimum of DHT11$/m);
});

test("several simulated sensors give readings on one stream", async t => {
	const device = await startDevice("--sensor", "Attic=AM2302", "--sensor", "Shed=DHT11");
	t.after(() => device.stop());
	const seen = await sensorsOf(t, device.url, 2);
	assert.deepEqual(seen, ["Attic", "Shed"]);
});

test("a simulated fault arrives as that fault", async t => {
	const device = await startDevice("--fault", "checksum:1");
	t.after(() => device.stop());
	const stream = await EventStream.open(`${device.url}/sensor-data-events`);
	t.after(() => stream.close());
	const { data } = await stream.nextOf("sensor-fault");
	assert.equal(data.sensor, "Room");
	assert.equal(data.error, "checksum");
	assert.match(data.message, /pin 4/);
});

test("a replay of another program's recording keeps its own order of sensors", async t => {
	const path = await temporaryFile(t, "own.json", JSON.stringify(ownRecordings.slice(2)));
	const device = await startDevice("--replay", path, "--interval", "10");
	t.after(() => device.stop());
	assert.deepEqual(await sensorsOf(t, device.url, 2), ["dht11", "si7021"]);
});

/** The names of the first `count` sensors that the stream tells of, sorted. */
async function sensorsOf(t: TestContext, url: string, count: number): Promise<string[]> {
	const stream = await EventStream.open(`${url}/sensor-data-events`);
	t.after(() => stream.close());
	const seen = new Set<string>();
	while (seen.size < count) seen.add((await stream.nextOf("sensor-data")).data.sensor);
	return [...seen].sort();
}
