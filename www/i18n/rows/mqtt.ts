import type { ClientFailure } from "../../../modules/mqtt/client.js";
import type { Row } from "../languages.js";

/** How the device is with its broker; `{}` stands for a time. */
export const mqttRows = {
	off: {
		en: "No broker is set.",
		pt: "Nenhum servidor está definido.",
		es: "No hay ningún bróker definido.",
		de: "Kein Broker ist eingestellt.",
	},
	connecting: { en: "Connecting…", pt: "Conectando…", es: "Conectando…", de: "Verbinden…" },
	connected: {
		en: "Connected, last sent {} ago.",
		pt: "Conectado, último envio há {}.",
		es: "Conectado, último envío hace {}.",
		de: "Verbunden, zuletzt gesendet vor {}.",
	},
	quiet: {
		en: "Connected, nothing sent yet.",
		pt: "Conectado, nada enviado ainda.",
		es: "Conectado, aún no se envió nada.",
		de: "Verbunden, noch nichts gesendet.",
	},
	waiting: { en: "Not connected: ", pt: "Não conectado: ", es: "Sin conexión: ", de: "Nicht verbunden: " },
} satisfies Record<string, Row>;

export const mqttFailureRows = {
	"no-such-host": {
		en: "no such host",
		pt: "o nome não existe",
		es: "el nombre no existe",
		de: "den Namen gibt es nicht",
	},
	refused: {
		en: "the host refuses, or is not reached",
		pt: "o servidor recusa ou não é alcançado",
		es: "el servidor rechaza la conexión o no se alcanza",
		de: "der Server lehnt ab oder ist nicht erreichbar",
	},
	timeout: {
		en: "no response in time",
		pt: "sem resposta a tempo",
		es: "no respondió a tiempo",
		de: "keine Antwort in der vorgesehenen Zeit",
	},
	"wrong-password": {
		en: "user or password is wrong",
		pt: "usuário ou senha errados",
		es: "usuario o contraseña incorrectos",
		de: "Benutzer oder Passwort ist falsch",
	},
	rejected: {
		en: "the broker rejects the device",
		pt: "o servidor rejeita o aparelho",
		es: "el bróker rechaza el dispositivo",
		de: "der Broker weist das Gerät ab",
	},
	malformed: {
		en: "what responds is no MQTT broker",
		pt: "quem responde não é um servidor MQTT",
		es: "lo que responde no es un bróker MQTT",
		de: "was antwortet, ist kein MQTT-Broker",
	},
	closed: {
		en: "the broker closed the connection",
		pt: "o servidor fechou a conexão",
		es: "el bróker cerró la conexión",
		de: "der Broker hat die Verbindung geschlossen",
	},
	"no-connection": {
		en: "no network, or no memory",
		pt: "sem rede ou sem memória",
		es: "sin red o sin memoria",
		de: "kein Netz oder kein Speicher",
	},
} satisfies Record<ClientFailure, Row>;
