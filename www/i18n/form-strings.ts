import { settingRows } from "../../modules/config/setting-rows.js";
import type { FailureReason } from "../../modules/network/provisioning.js";
import type { Language, Row, Translations } from "./languages.js";

/** Every string of the settings page and the set-up page. */
const strings = {
	settings: { en: "Settings", pt: "Configurações" },
	setup: { en: "Wi-Fi set-up", pt: "Configuração do Wi-Fi" },
	gauges: { en: "Gauges", pt: "Medidores" },
	device: { en: "Device", pt: "Aparelho" },
	name: { en: "Name", pt: "Nome" },
	language: { en: "Language of the page", pt: "Idioma da página" },
	auto: { en: "The browser's", pt: "O do navegador" },
	units: { en: "Temperature in", pt: "Temperatura em" },
	intervalMs: { en: "Time between readings, ms", pt: "Tempo entre leituras, ms" },
	sensors: { en: "Sensors", pt: "Sensores" },
	sensor: { en: "Sensor", pt: "Sensor" },
	model: { en: "Model", pt: "Modelo" },
	pin: { en: "Data pin (GPIO)", pt: "Pino de dados (GPIO)" },
	powerPin: { en: "Power pin, if any", pt: "Pino de alimentação, se houver" },
	calibrationTemperature: { en: "Correct temperature", pt: "Corrigir temperatura" },
	calibrationHumidity: { en: "Correct humidity", pt: "Corrigir umidade" },
	correction: {
		en: "A correction is added (-0.5), or goes through two points (30=33 75=75: shown=actual).",
		pt: "A correção é somada (-0.5) ou passa por dois pontos (30=33 75=75: mostrado=real).",
	},
	warnTemperatureBelow: { en: "Warn below, °C", pt: "Avisar abaixo de, °C" },
	warnTemperatureAbove: { en: "Warn above, °C", pt: "Avisar acima de, °C" },
	warnHumidityBelow: { en: "Warn below, %", pt: "Avisar abaixo de, %" },
	warnHumidityAbove: { en: "Warn above, %", pt: "Avisar acima de, %" },
	hysteresisTemperature: { en: "Over once back by, °C", pt: "Acaba ao voltar, °C" },
	hysteresisHumidity: { en: "Over once back by, %", pt: "Acaba ao voltar, %" },
	delayMs: { en: "Alert after, ms", pt: "Alertar após, ms" },
	webhooks: { en: "Alerts", pt: "Alertas" },
	webhooksHint: {
		en: "Alerts are sent to these URLs, over plain HTTP alone. Of a saved URL the host is shown; leave it so to keep the URL.",
		pt: "Os alertas vão para estas URLs, só por HTTP simples. De uma URL salva aparece o servidor; deixe assim para mantê-la.",
	},
	webhookURL: { en: "URL", pt: "URL" },
	webhookFormat: { en: "Sent as", pt: "Enviado como" },
	webhookText: { en: "a line of text", pt: "uma linha de texto" },
	add: { en: "Add a sensor", pt: "Adicionar sensor" },
	remove: { en: "Remove", pt: "Remover" },
	network: { en: "Network", pt: "Rede" },
	timeServer: { en: "Time server", pt: "Servidor de hora" },
	hosts: { en: "More names of the device, separated by spaces", pt: "Outros nomes do aparelho, separados por espaços" },
	origins: {
		en: "Web origins that may read and change it, separated by spaces",
		pt: "Origens web que podem ler e mudar, separadas por espaços",
	},
	mqttHost: {
		en: "Broker, by name or address; empty for none",
		pt: "Servidor, por nome ou endereço; vazio para nenhum",
	},
	mqttPort: { en: "Port", pt: "Porta" },
	mqttUser: { en: "User, if the broker asks for one", pt: "Usuário, se o servidor pedir" },
	mqttPassword: { en: "Password of that user", pt: "Senha desse usuário" },
	mqttPasswordHint: {
		en: "Empty keeps what there is. The broker gets it unencrypted: give the device a user of its own.",
		pt: "Vazio mantém a atual. O servidor a recebe sem criptografia: dê ao aparelho um usuário só dele.",
	},
	mqttPrefix: { en: "First level of the topics", pt: "Primeiro nível dos tópicos" },
	mqttDiscovery: { en: "Home Assistant finds the device by itself", pt: "O Home Assistant acha o aparelho sozinho" },
	mqttDiscoveryPrefix: {
		en: "First level of Home Assistant's topics",
		pt: "Primeiro nível dos tópicos do Home Assistant",
	},
	access: { en: "Access", pt: "Acesso" },
	adminPassword: { en: "New password for changes", pt: "Nova senha para mudanças" },
	adminPasswordHint: {
		en: "8 to 64 characters; empty keeps what there is. Who listens on the network can try guesses: take a long one.",
		pt: "8 a 64 caracteres; vazio mantém a atual. Quem escuta a rede pode testar palpites: use uma longa.",
	},
	private: { en: "Reading needs the password, too", pt: "Ler também exige a senha" },
	password: { en: "Password of this device", pt: "Senha deste aparelho" },
	save: { en: "Save", pt: "Salvar" },
	signIn: { en: "Sign in", pt: "Entrar" },
	signInHint: { en: "This device is private.", pt: "Este aparelho é privado." },
	locked: {
		en: "No password is set yet. Press the device's BOOT button briefly, or, without a button, reset it three times within ten seconds: then it can be set here for three minutes.",
		pt: "Ainda não há senha. Aperte brevemente o botão BOOT do aparelho ou, sem botão, reinicie-o três vezes em dez segundos: então ela pode ser definida aqui por três minutos.",
	},
	setupOpen: {
		en: "No password is set yet, and set-up is open to everybody in this network. Choose a password: that closes it.",
		pt: "Ainda não há senha, e a configuração está aberta para todos nesta rede. Escolha uma senha: isso a fecha.",
	},
	closesIn: { en: "It closes in ", pt: "Ela fecha em " },
	ownComputer: {
		en: "No password is set yet. You are the owner at this computer; choose a password before others can reach it.",
		pt: "Ainda não há senha. Neste computador, o dono é você; escolha uma senha antes que outros o alcancem.",
	},
	lostPassword: {
		en: "This device is private, and its password is lost. Hold its BOOT button for five seconds, then join its access point.",
		pt: "Este aparelho é privado e perdeu a senha. Segure o botão BOOT por cinco segundos e entre no ponto de acesso dele.",
	},
	unprotected: {
		en: "No password is set yet. Choose one: without it nothing can be changed once the access point is closed.",
		pt: "Ainda não há senha. Escolha uma: sem ela nada pode ser mudado depois que o ponto de acesso fechar.",
	},
	saved: { en: "Saved.", pt: "Salvo." },
	restart: {
		en: "Saved. This takes full effect with the next start: ",
		pt: "Salvo. Vale por completo no próximo início: ",
	},
	nothing: { en: "Nothing was changed.", pt: "Nada mudou." },
	rejected: { en: "Not saved: ", pt: "Não salvo: " },
	notAllowed: { en: "not allowed", pt: "valor não permitido" },
	wrongPassword: { en: "The password is wrong.", pt: "A senha está errada." },
	needPassword: { en: "Give the password.", pt: "Informe a senha." },
	tooMany: { en: "Too many wrong passwords: wait a minute.", pt: "Senhas erradas demais: espere um minuto." },
	unreachable: { en: "The device does not respond.", pt: "O aparelho não responde." },
	networks: { en: "Networks in reach", pt: "Redes ao alcance" },
	searching: { en: "Searching…", pt: "Procurando…" },
	otherNetwork: { en: "Name of the network", pt: "Nome da rede" },
	wifiPassword: { en: "Wi-Fi password", pt: "Senha do Wi-Fi" },
	connect: { en: "Connect", pt: "Conectar" },
	phaseSetup: { en: "Not connected to a network.", pt: "Não conectado a uma rede." },
	phaseJoining: { en: "Connecting to ", pt: "Conectando a " },
	phaseJoined: { en: "Connected to ", pt: "Conectado a " },
	found: { en: "The device is now found at", pt: "O aparelho agora está em" },
	phaseFailed: { en: "Could not connect to ", pt: "Não foi possível conectar a " },
	away: {
		en: "Waiting for the device: it may have moved to the network's channel. If this stays, join its access point again.",
		pt: "Esperando o aparelho: ele pode ter mudado para o canal da rede. Se demorar, entre de novo no ponto de acesso dele.",
	},
	open: { en: "open", pt: "aberta" },
	noWiFi: { en: "This host has no Wi-Fi.", pt: "Este aparelho não tem Wi-Fi." },
} satisfies Record<string, Row>;

export type FormStringKey = keyof typeof strings;

/** Why the newest attempt to join a network failed. */
const reasons: Readonly<Record<FailureReason, Row>> = {
	"wrong-password": { en: "the password is wrong", pt: "a senha está errada" },
	"not-found": { en: "the network is not in reach", pt: "a rede não está ao alcance" },
	lost: { en: "the connection was lost", pt: "a conexão caiu" },
	refused: { en: "the network refused", pt: "a rede recusou" },
	"no-answer": { en: "the network does not respond", pt: "a rede não responde" },
};

/** What a setting may be, by the last name of its key; `{min}` and `{max}` stand for its limits. */
const allowed: Readonly<Record<string, Translations>> = {
	name: {
		pt: "de 1 a {max} letras, dígitos e hífens internos; para um sensor, de 1 a 64 caracteres, cada nome uma vez",
	},
	intervalMs: { pt: "um número inteiro de {min} a {max}" },
	pin: { pt: "um número inteiro de 0 a 48, cada pino uma vez" },
	powerPin: { pt: "um número inteiro de 0 a 48, cada pino uma vez" },
	model: { pt: "um dos modelos da lista" },
	offset: { pt: "um número de -50 a 50" },
	points: { pt: "dois pontos diferentes, com números de -100 a 200" },
	temperature: { pt: "dois pontos que sobem, ou um número de -50 a 50" },
	humidity: { pt: "dois pontos que sobem, ou um número de -50 a 50" },
	calibration: { pt: "dois pontos que sobem" },
	below: { pt: "um número menor que o de cima" },
	above: { pt: "um número" },
	hysteresis: { pt: "um número de 0 a 20" },
	delayMs: { pt: "um número inteiro de 0 a 86400000" },
	webhooks: { pt: "no máximo {max}" },
	url: { pt: "uma URL inteira de HTTP simples, com nome ou endereço IPv4, de no máximo 200 caracteres" },
	timeServer: { pt: "um nome de servidor" },
	mqttHost: { pt: "um nome de servidor, ou nada" },
	mqttPort: { pt: "um número inteiro de {min} a {max}" },
	mqttUser: { pt: "no máximo {max} caracteres" },
	mqttPassword: { pt: "no máximo {max} caracteres" },
	mqttPrefix: { pt: "de 1 a {max} caracteres sem espaços, + e #, em níveis separados por /" },
	mqttDiscoveryPrefix: { pt: "de 1 a {max} caracteres sem espaços, + e #, em níveis separados por /" },
	hosts: { pt: "no máximo {max} nomes de aparelho" },
	origins: { pt: "no máximo {max} origens, cada uma o protocolo e o nome de um site" },
	adminPassword: { pt: "de {min} a {max} caracteres" },
	private: { pt: "só com uma senha" },
	sensors: { pt: "de 1 a {max} sensores, em pinos que este aparelho tem" },
	ssid: { pt: "de {min} a {max} bytes" },
	password: { pt: "de 8 a 63 caracteres ASCII" },
};

interface Limits {
	readonly min?: number;
	readonly max?: number;
}

function withLimits(sentence: string, key: string): string {
	const rows: Readonly<Record<string, object>> = settingRows;
	const { min, max }: Limits = rows[key] ?? {};
	return sentence.replace("{min}", `${min}`).replace("{max}", `${max}`);
}

/** The strings of the forms in one language. */
export class FormStrings {
	readonly language: Language;

	constructor(language: Language) {
		this.language = language;
	}

	get(key: FormStringKey): string {
		return strings[key][this.language];
	}

	/** @returns What `reason` of a failed attempt means; empty for one that the page lacks. */
	reason(reason: string): string {
		const row: Row | undefined = reasons[reason as FailureReason];
		return row?.[this.language] ?? "";
	}

	/** @returns Why the value of `key` was rejected. @param message The device's own sentence, in English. */
	rejection(key: string, message: string): string {
		if (this.language === "en") return message;
		const last = key
			.replace(/\[\d+\]/g, "")
			.split(".")
			.at(-1)!;
		const row: Partial<Row> | undefined = allowed[last];
		const sentence = row?.[this.language] ?? message;
		return `${key}: ${this.get("notAllowed")}; ${withLimits(sentence, last)}`;
	}

	/** Fills the elements that are marked with `data-string`. */
	fill(root: ParentNode): void {
		for (const element of root.querySelectorAll<HTMLElement>("[data-string]"))
			element.textContent = this.get(element.dataset.string as FormStringKey);
	}
}
