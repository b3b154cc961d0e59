import type { Row } from "../languages.js";

/** Every string of the card "Backup"; `{}` stands for a value. */
export const backupRows = {
	backup: { en: "Backup", pt: "Cópia das configurações", es: "Copia de los ajustes", de: "Sicherung" },
	noSecrets: {
		en: "The file has all settings but passwords and whole webhook addresses. This or another device takes it, of any version.",
		pt: "O arquivo tem todas as configurações, menos senhas e endereços completos de webhooks. Este ou outro aparelho o aceita, em qualquer versão.",
		es: "El archivo tiene todos los ajustes, menos contraseñas y direcciones completas de webhooks. Lo acepta este u otro dispositivo, de cualquier versión.",
		de: "Die Datei hat alle Einstellungen außer Passwörtern und ganzen Webhook-Adressen. Dieses oder ein anderes Gerät nimmt sie an, in jeder Version.",
	},
	export: {
		en: "Save the settings to a file",
		pt: "Salvar as configurações em um arquivo",
		es: "Guardar los ajustes en un archivo",
		de: "Einstellungen in eine Datei speichern",
	},
	file: {
		en: "File of settings (.json)",
		pt: "Arquivo de configurações (.json)",
		es: "Archivo de ajustes (.json)",
		de: "Datei mit Einstellungen (.json)",
	},
	import: {
		en: "Apply this file",
		pt: "Aplicar este arquivo",
		es: "Aplicar este archivo",
		de: "Diese Datei anwenden",
	},
	needsFile: { en: "Choose a file.", pt: "Escolha um arquivo.", es: "Elige un archivo.", de: "Eine Datei wählen." },
	noSettings: {
		en: "This is no file of settings: {}",
		pt: "Isto não é um arquivo de configurações: {}",
		es: "Esto no es un archivo de ajustes: {}",
		de: "Das ist keine Datei mit Einstellungen: {}",
	},
	tooLarge: {
		en: "The file is too large: {} bytes.",
		pt: "O arquivo é grande demais: {} bytes.",
		es: "El archivo es demasiado grande: {} bytes.",
		de: "Die Datei ist zu groß: {} Bytes.",
	},
	same: {
		en: "The file has what the device has.",
		pt: "O arquivo tem o que o aparelho tem.",
		es: "El archivo tiene lo mismo que el dispositivo.",
		de: "Die Datei hat dasselbe wie das Gerät.",
	},
	unknown: {
		en: "{}: not known to this version, and passed over",
		pt: "{}: esta versão não conhece, fica de fora",
		es: "{}: esta versión no lo conoce, se omite",
		de: "{}: dieser Version unbekannt, wird übergangen",
	},
	applied: { en: "Applied.", pt: "Aplicado.", es: "Aplicado.", de: "Angewendet." },
	rejected: {
		en: "Nothing was applied: ",
		pt: "Nada foi aplicado: ",
		es: "No se aplicó nada: ",
		de: "Nichts wurde angewendet: ",
	},
	ignored: { en: "Passed over: {}.", pt: "Ficou de fora: {}.", es: "Se omitió: {}.", de: "Übergangen: {}." },
	restart: {
		en: "With the next start: {}.",
		pt: "No próximo início: {}.",
		es: "En el próximo arranque: {}.",
		de: "Mit dem nächsten Start: {}.",
	},
	giveAway: {
		en: "Before you give the device away: settings, passwords, Wi-Fi and history are erased.",
		pt: "Antes de passar o aparelho adiante: configurações, senhas, Wi-Fi e histórico são apagados.",
		es: "Antes de dar el dispositivo a otra persona: se borran los ajustes, las contraseñas, el Wi-Fi y el historial.",
		de: "Vor dem Weitergeben des Geräts: Einstellungen, Passwörter, WLAN und Verlauf werden gelöscht.",
	},
	sure: {
		en: "Yes, erase everything",
		pt: "Sim, apagar tudo",
		es: "Sí, borrarlo todo",
		de: "Ja, alles löschen",
	},
	forget: { en: "Forget everything", pt: "Esquecer tudo", es: "Olvidarlo todo", de: "Alles vergessen" },
	notSure: {
		en: "Confirm it first.",
		pt: "Confirme primeiro.",
		es: "Confírmalo primero.",
		de: "Zuerst bestätigen.",
	},
	forgotten: {
		en: "Everything is forgotten with the restart that follows now. Then the device is set up anew, at its access point.",
		pt: "Tudo é esquecido com o reinício que vem agora. Depois o aparelho é configurado de novo, no ponto de acesso dele.",
		es: "Todo se olvida con el reinicio que viene ahora. Después el dispositivo se configura de nuevo, en su punto de acceso.",
		de: "Mit dem Neustart, der jetzt folgt, wird alles vergessen. Danach wird das Gerät neu eingerichtet, an seinem Zugangspunkt.",
	},
	switchOff: {
		en: "Everything is forgotten with the next start: switch the device off and on.",
		pt: "Tudo é esquecido no próximo início: desligue e ligue o aparelho.",
		es: "Todo se olvida con el próximo arranque: apaga y enciende el dispositivo.",
		de: "Mit dem nächsten Start wird alles vergessen: das Gerät aus- und einschalten.",
	},
} satisfies Record<string, Row>;
