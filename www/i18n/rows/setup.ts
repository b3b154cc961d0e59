import type { FailureReason } from "../../../modules/network/provisioning.js";
import type { Row } from "../languages.js";

/** Every string that the set-up page alone has. */
export const setupRows = {
	networks: { en: "Networks in reach", pt: "Redes ao alcance", es: "Redes al alcance", de: "Netze in Reichweite" },
	searching: { en: "Searching…", pt: "Procurando…", es: "Buscando…", de: "Suchen…" },
	otherNetwork: { en: "Name of the network", pt: "Nome da rede", es: "Nombre de la red", de: "Name des Netzes" },
	wifiPassword: { en: "Wi-Fi password", pt: "Senha do Wi-Fi", es: "Contraseña del Wi-Fi", de: "WLAN-Passwort" },
	connect: { en: "Connect", pt: "Conectar", es: "Conectar", de: "Verbinden" },
	phaseSetup: {
		en: "Not connected to a network.",
		pt: "Não conectado a uma rede.",
		es: "Sin conexión a ninguna red.",
		de: "Mit keinem Netz verbunden.",
	},
	phaseJoining: { en: "Connecting to ", pt: "Conectando a ", es: "Conectando a ", de: "Verbindungsaufbau mit " },
	phaseJoined: { en: "Connected to ", pt: "Conectado a ", es: "Conectado a ", de: "Verbunden mit " },
	found: {
		en: "The device is now found at",
		pt: "O aparelho agora está em",
		es: "El dispositivo está ahora en",
		de: "Das Gerät ist jetzt erreichbar unter",
	},
	phaseFailed: {
		en: "Could not connect to ",
		pt: "Não foi possível conectar a ",
		es: "No se pudo conectar a ",
		de: "Keine Verbindung mit ",
	},
	away: {
		en: "Waiting for the device: it may have moved to the network's channel. If this stays, join its access point again.",
		pt: "Esperando o aparelho: ele pode ter mudado para o canal da rede. Se demorar, entre de novo no ponto de acesso dele.",
		es: "Esperando al dispositivo: puede haber cambiado al canal de la red. Si tarda, vuelve a unirte a su punto de acceso.",
		de: "Warten auf das Gerät: Vielleicht ist es auf den Kanal des Netzes gewechselt. Bleibt es so, erneut mit seinem Zugangspunkt verbinden.",
	},
	open: { en: "open", pt: "aberta", es: "abierta", de: "offen" },
	noWiFi: {
		en: "This host has no Wi-Fi.",
		pt: "Este aparelho não tem Wi-Fi.",
		es: "Este dispositivo no tiene Wi-Fi.",
		de: "Dieses Gerät hat kein WLAN.",
	},
} satisfies Record<string, Row>;

/** Why the newest attempt to join a network failed. */
export const joinFailureRows = {
	"wrong-password": {
		en: "the password is wrong",
		pt: "a senha está errada",
		es: "la contraseña es incorrecta",
		de: "das Passwort ist falsch",
	},
	"not-found": {
		en: "the network is not in reach",
		pt: "a rede não está ao alcance",
		es: "la red no está al alcance",
		de: "das Netz ist nicht in Reichweite",
	},
	lost: {
		en: "the connection was lost",
		pt: "a conexão caiu",
		es: "se perdió la conexión",
		de: "die Verbindung ging verloren",
	},
	refused: { en: "the network refused", pt: "a rede recusou", es: "la red la rechazó", de: "das Netz lehnte ab" },
	"no-answer": {
		en: "the network does not respond",
		pt: "a rede não responde",
		es: "la red no responde",
		de: "das Netz antwortet nicht",
	},
} satisfies Record<FailureReason, Row>;
