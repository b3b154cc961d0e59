import Net from "net";
import WiFi from "wifi";
import type { Clock, Network } from "../types.js";

/** How long after a lost or failed connection the next attempt starts, ms. */
const retryMs = 5000;

/** Joins the Wi-Fi of the settings and stays at it. */
export function wifiNetwork(clock: Clock, log: (line: string) => void): Network {
	let wifi: WiFi | undefined;
	let retry: object | undefined;
	return {
		start({ ssid, password }, onUp) {
			if (ssid === undefined) {
				log("no Wi-Fi to join: build with ssid=… password=…");
				return;
			}
			const credentials = password === undefined ? { ssid } : { ssid, password };
			wifi = new WiFi(credentials, message => {
				if (message === WiFi.gotIP) onUp(Net.get("IP"));
				else if (message === WiFi.disconnected) {
					log(`Wi-Fi ${ssid}: not connected, next attempt in ${retryMs / 1000} s`);
					clock.clear(retry);
					retry = clock.set(() => WiFi.connect(credentials), retryMs);
				}
			});
		},
		signal: () => Net.get("RSSI"),
		close() {
			clock.clear(retry);
			wifi?.close();
			wifi = undefined;
		},
	};
}
