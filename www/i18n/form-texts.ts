import type { Language } from "./texts.js";

/** Every text of the settings and the set-up page, in English and Brazilian Portuguese. */
const words = {
	settings: ["Settings", "Configurações"],
	setup: ["Wi-Fi set-up", "Configuração do Wi-Fi"],
	gauges: ["Gauges", "Medidores"],
	device: ["Device", "Aparelho"],
	name: ["Name", "Nome"],
	language: ["Language of the page", "Idioma da página"],
	auto: ["The browser's", "O do navegador"],
	units: ["Temperature in", "Temperatura em"],
	intervalMs: ["Time between readings, ms", "Tempo entre leituras, ms"],
	sensors: ["Sensors", "Sensores"],
	sensor: ["Sensor", "Sensor"],
	model: ["Model", "Modelo"],
	pin: ["Data pin (GPIO)", "Pino de dados (GPIO)"],
	powerPin: ["Power pin, if any", "Pino de alimentação, se houver"],
	calibrationTemperature: ["Correct temperature", "Corrigir temperatura"],
	calibrationHumidity: ["Correct humidity", "Corrigir umidade"],
	correction: [
		"A correction is added (-0.5), or goes through two points (30=33 75=75: shown=actual).",
		"A correção é somada (-0.5) ou passa por dois pontos (30=33 75=75: mostrado=real).",
	],
	warnTemperatureBelow: ["Warn below, °C", "Avisar abaixo de, °C"],
	warnTemperatureAbove: ["Warn above, °C", "Avisar acima de, °C"],
	warnHumidityBelow: ["Warn below, %", "Avisar abaixo de, %"],
	warnHumidityAbove: ["Warn above, %", "Avisar acima de, %"],
	add: ["Add a sensor", "Adicionar sensor"],
	remove: ["Remove", "Remover"],
	network: ["Network", "Rede"],
	timeServer: ["Time server", "Servidor de hora"],
	hosts: ["More names of the device, separated by spaces", "Outros nomes do aparelho, separados por espaços"],
	origins: [
		"Web origins that may read and change it, separated by spaces",
		"Origens web que podem ler e mudar, separadas por espaços",
	],
	access: ["Access", "Acesso"],
	newPassword: ["New password for changes", "Nova senha para mudanças"],
	newPasswordHint: [
		"8 to 64 characters; empty keeps what there is. Who listens on the network can try guesses: take a long one.",
		"8 a 64 caracteres; vazio mantém a atual. Quem escuta a rede pode testar palpites: use uma longa.",
	],
	private: ["Reading needs the password, too", "Ler também exige a senha"],
	password: ["Password of this device", "Senha deste aparelho"],
	save: ["Save", "Salvar"],
	signIn: ["Sign in", "Entrar"],
	signInHint: ["This device is private.", "Este aparelho é privado."],
	locked: [
		"No password is set yet: settings can be changed only through the device's own access point.",
		"Ainda não há senha: as configurações só mudam pelo ponto de acesso do próprio aparelho.",
	],
	unprotected: [
		"No password is set yet. Choose one: without it nothing can be changed once the access point is closed.",
		"Ainda não há senha. Escolha uma: sem ela nada pode ser mudado depois que o ponto de acesso fechar.",
	],
	saved: ["Saved.", "Salvo."],
	restart: ["Saved. This takes full effect with the next start: ", "Salvo. Vale por completo no próximo início: "],
	nothing: ["Nothing was changed.", "Nada mudou."],
	refused: ["Not saved: ", "Não salvo: "],
	notAllowed: ["not allowed", "valor não permitido"],
	wrongPassword: ["The password is wrong.", "A senha está errada."],
	needPassword: ["Give the password.", "Informe a senha."],
	tooMany: ["Too many wrong passwords: wait a minute.", "Senhas erradas demais: espere um minuto."],
	unreachable: ["The device does not answer.", "O aparelho não responde."],
	networks: ["Networks in reach", "Redes ao alcance"],
	searching: ["Searching…", "Procurando…"],
	otherNetwork: ["Name of the network", "Nome da rede"],
	wifiPassword: ["Wi-Fi password", "Senha do Wi-Fi"],
	connect: ["Connect", "Conectar"],
	phaseSetup: ["Not connected to a network.", "Não conectado a uma rede."],
	phaseJoining: ["Connecting to ", "Conectando a "],
	phaseJoined: ["Connected to ", "Conectado a "],
	found: ["The device is now found at", "O aparelho agora está em"],
	failed: ["Could not connect to ", "Não foi possível conectar a "],
	"wrong-password": ["the password is wrong", "a senha está errada"],
	"not-found": ["the network is not in reach", "a rede não está ao alcance"],
	lost: ["the connection was lost", "a conexão caiu"],
	refused_: ["the network refused", "a rede recusou"],
	"no-answer": ["the network does not answer", "a rede não responde"],
	away: [
		"Waiting for the device: it may have moved to the network's channel. If this stays, join its access point again.",
		"Esperando o aparelho: ele pode ter mudado para o canal da rede. Se demorar, entre de novo no ponto de acesso dele.",
	],
	open: ["open", "aberta"],
	noWiFi: ["This host has no Wi-Fi.", "Este aparelho não tem Wi-Fi."],
} satisfies Record<string, [english: string, portuguese: string]>;

/** What is allowed, in Portuguese, by the last name of a key: in English the device says it. */
const allowed: Record<string, string> = {
	name: "de 1 a 24 letras, dígitos e hífens internos; para um sensor, de 1 a 64 caracteres, cada nome uma vez",
	intervalMs: "um número inteiro de 10 a 3600000",
	pin: "um número inteiro de 0 a 48, cada pino uma vez",
	powerPin: "um número inteiro de 0 a 48, cada pino uma vez",
	model: "um dos modelos da lista",
	offset: "um número de -50 a 50",
	points: "dois pontos diferentes, com números de -100 a 200",
	temperature: "dois pontos que sobem, ou um número de -50 a 50",
	humidity: "dois pontos que sobem, ou um número de -50 a 50",
	calibration: "dois pontos que sobem",
	below: "um número menor que o de cima",
	above: "um número",
	timeServer: "um nome de servidor",
	hosts: "no máximo 8 nomes de aparelho",
	origins: "no máximo 8 origens, cada uma o protocolo e o nome de um site",
	adminPassword: "de 8 a 64 caracteres",
	private: "só com uma senha",
	sensors: "de 1 a 8 sensores, em pinos que este aparelho tem",
	ssid: "de 1 a 32 bytes",
	password: "de 8 a 63 caracteres ASCII",
};

export type Word = keyof typeof words;

/** The texts in one language. */
export class Words {
	readonly language: Language;

	constructor(language: Language) {
		this.language = language;
	}

	get(word: Word): string {
		return words[word][this.language === "pt" ? 1 : 0]!;
	}

	/** @returns Why the value of `key` was refused. @param message The device's own words, in English. */
	problem(key: string, message: string): string {
		if (this.language === "en") return message;
		const last = key
			.replace(/\[\d+\]/g, "")
			.split(".")
			.at(-1)!;
		return `${key}: ${this.get("notAllowed")}; ${allowed[last] ?? message}`;
	}

	/** Puts the texts into what is marked with `data-text`. */
	fill(root: ParentNode): void {
		for (const element of root.querySelectorAll<HTMLElement>("[data-text]"))
			element.textContent = this.get(element.dataset.text as Word);
	}
}
