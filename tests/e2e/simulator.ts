/** What of the end-to-end tests `npm run test:sdk` runs on Moddable's simulator, and what it cannot. */

/** Test files, as paths from tests/ without an ending. */
export const covered = [
	"e2e/device.node.test",
	"e2e/http.node.test",
	"e2e/settings.node.test",
	"e2e/mqtt.node.test",
	"e2e/history.node.test",
	"e2e/programs.node.test",
	"e2e/slow.node.test",
	"e2e/aborts.node.test",
	"e2e/cookies.node.test",
	"page/host.test",
	"e2e/panel.node.test",
	"e2e/slots.node.test",
	"e2e/kept.node.test",
];

/** What is left out: test files, or what of a file, and why. docs/simulator.md tells the same. */
export const leftOut: Record<string, string> = {
	"e2e/access.node.test": "it starts a device with a password of its own, for clients at many addresses",
	"e2e/alerts.node.test": "it starts a device whose receivers are the test's own",
	"e2e/cli.node.test": "it is about the options of `npm start`",
	"e2e/restarts.node.test": "it is about the option `--state`",
	"e2e/boot.node.test": "it is about the option `--state`",
	"e2e/improv.node.test": "it talks to a pseudo-terminal, and the simulator has no serial line",
	"e2e/backup.node.test": "it is about the option `--state`",
	"e2e/log.node.test": "it starts a device with a password of its own, and changes it",
	"e2e/owner.node.test": "it starts devices of its own, with and without a password",
	"e2e/update.node.test":
		"the same: `npm run update` waits for a new version, and the simulator's slots end with the program",
	"e2e/replay.node.test": "it is about the option `--replay`",
	"e2e/state.node.test": "it is about the option `--state`",
	"e2e/wifi.node.test": "it is about the option `--wifi`",
	"e2e/neighbours.node.test": "the simulator's host has no datagrams",
	"e2e/mdns.node.test": "the simulator's host has no datagrams",
	"e2e/portal.node.test": "it is about the option `--wifi`; the simulator's radio is switched on in its panel",
	"page/setup.test": "the page's own code is the same for every host",
	"page/settings.test":
		"the page's own code is the same for every host, and what it asks of a device is in e2e/settings.node.test",
	"page/host.test, stop and kill": "it stops, goes on with and kills the desktop host's process",
};
