// The line about the broker on the settings page: each state, in both languages.

import assert from "node:assert/strict";
import type { ClientState } from "../../modules/mqtt/client.js";
import { browserTest, visit } from "./browser.js";
import { password, phone, withDevice } from "./settings-page.js";

const connected: ClientState = { state: "connected", failure: null, failures: 0, sinceSentMs: 4000 };
const failed = (failure: ClientState["failure"]): ClientState => ({ ...connected, state: "waiting", failure });

const lines: [state: ClientState | null, en: string, pt: string][] = [
	[null, "No broker is set.", "Nenhum servidor está definido."],
	[{ ...connected, state: "connecting", sinceSentMs: null }, "Connecting…", "Conectando…"],
	[{ ...connected, sinceSentMs: null }, "Connected, nothing sent yet.", "Conectado, nada enviado ainda."],
	[connected, "Connected, last sent 4 s ago.", "Conectado, último envio há 4 s."],
	[failed("no-such-host"), "Not connected: no such host.", "Não conectado: o nome não existe."],
	[
		failed("refused"),
		"Not connected: the host refuses, or is not reached.",
		"Não conectado: o servidor recusa ou não é alcançado.",
	],
	[failed("timeout"), "Not connected: no response in time.", "Não conectado: sem resposta a tempo."],
	[failed("wrong-password"), "Not connected: user or password is wrong.", "Não conectado: usuário ou senha errados."],
	[
		failed("rejected"),
		"Not connected: the broker rejects the device.",
		"Não conectado: o servidor rejeita o aparelho.",
	],
	[
		failed("malformed"),
		"Not connected: what responds is no MQTT broker.",
		"Não conectado: quem responde não é um servidor MQTT.",
	],
	[failed("closed"), "Not connected: the broker closed the connection.", "Não conectado: o servidor fechou a conexão."],
	[failed("no-connection"), "Not connected: no network, or no memory.", "Não conectado: sem rede ou sem memória."],
];

for (const language of ["en", "pt"] as const)
	browserTest(`the broker's line has each state, in ${language}`, browser =>
		withDevice({ adminPassword: password }, async device => {
			let mqtt: ClientState | null = null;
			const before = `localStorage.setItem("language", "${language}")`;
			const { page, complaints, close } = await visit(browser, `${device.url}/settings`, { ...phone, before });
			await page.route("**/api/device", async route => {
				const response = await route.fetch();
				await route.fulfill({ response, json: { ...(await response.json()), mqtt } });
			});
			for (const [state, en, pt] of lines) {
				mqtt = state;
				await page.reload();
				const line = language === "en" ? en : pt;
				await page.waitForFunction(text => document.querySelector<HTMLElement>("#mqtt")?.innerText === text, line);
			}
			assert.deepEqual(complaints, []);
			await close();
		}),
	);
