import type { ImageState } from "../../../modules/platform/firmware.js";
import type { Row } from "../languages.js";

/** Every string of the card "Firmware"; `{}` stands for a value. */
export const firmwareRows = {
	firmware: { en: "Firmware", pt: "Firmware", es: "Firmware", de: "Firmware" },
	running: { en: "Running: {}", pt: "Em uso: {}", es: "En uso: {}", de: "In Betrieb: {}" },
	other: {
		en: "In the other slot: {}",
		pt: "No outro slot: {}",
		es: "En la otra ranura: {}",
		de: "Im anderen Slot: {}",
	},
	none: {
		en: "nothing that starts",
		pt: "nada que inicie",
		es: "nada que arranque",
		de: "nichts, das startet",
	},
	isNext: {
		en: "It starts with the next restart.",
		pt: "Ele inicia no próximo reinício.",
		es: "Arranca con el próximo reinicio.",
		de: "Sie startet mit dem nächsten Neustart.",
	},
	file: {
		en: "File of the new version (.bin)",
		pt: "Arquivo da nova versão (.bin)",
		es: "Archivo de la nueva versión (.bin)",
		de: "Datei der neuen Version (.bin)",
	},
	install: { en: "Install", pt: "Instalar", es: "Instalar", de: "Installieren" },
	back: {
		en: "Back to the other version",
		pt: "Voltar à outra versão",
		es: "Volver a la otra versión",
		de: "Zurück zur anderen Version",
	},
	restart: { en: "Restart", pt: "Reiniciar", es: "Reiniciar", de: "Neu starten" },
	needsPassword: {
		en: "Updates need a password: choose one above.",
		pt: "Atualizações exigem uma senha: escolha uma acima.",
		es: "Las actualizaciones necesitan una contraseña: elige una arriba.",
		de: "Aktualisierungen brauchen ein Passwort: oben eines wählen.",
	},
	needsFile: { en: "Choose a file.", pt: "Escolha um arquivo.", es: "Elige un archivo.", de: "Eine Datei wählen." },
	sent: { en: "Sent: {} %", pt: "Enviado: {} %", es: "Enviado: {} %", de: "Gesendet: {} %" },
	sending: {
		en: "The file is being sent. Leave this page open; the device goes on with its readings.",
		pt: "O arquivo está sendo enviado. Deixe esta página aberta; o aparelho continua lendo.",
		es: "El archivo se está enviando. Deja esta página abierta; el dispositivo sigue leyendo.",
		de: "Die Datei wird gesendet. Diese Seite offen lassen; das Gerät misst weiter.",
	},
	restarting: {
		en: "The device restarts…",
		pt: "O aparelho reinicia…",
		es: "El dispositivo se reinicia…",
		de: "Das Gerät startet neu…",
	},
	probation: {
		en: "Version {} has started, and is on probation until the device has shown that it works…",
		pt: "A versão {} iniciou e está em teste até o aparelho mostrar que funciona…",
		es: "La versión {} arrancó y está a prueba hasta que el dispositivo demuestre que funciona…",
		de: "Version {} ist gestartet und auf Probe, bis das Gerät gezeigt hat, dass es funktioniert…",
	},
	confirmed: {
		en: "Version {} runs and is confirmed. Reload this page to see its settings.",
		pt: "A versão {} está em uso e confirmada. Recarregue esta página para ver as configurações dela.",
		es: "La versión {} está en uso y confirmada. Recarga esta página para ver sus ajustes.",
		de: "Version {} läuft und ist bestätigt. Diese Seite neu laden, um ihre Einstellungen zu sehen.",
	},
	restarted: {
		en: "The device has restarted with version {}.",
		pt: "O aparelho reiniciou com a versão {}.",
		es: "El dispositivo se reinició con la versión {}.",
		de: "Das Gerät ist mit Version {} neu gestartet.",
	},
	unconfirmed: {
		en: "Version {} runs, but is not confirmed yet.",
		pt: "A versão {} está em uso, mas sem confirmação.",
		es: "La versión {} está en uso, pero aún sin confirmar.",
		de: "Version {} läuft, ist aber noch nicht bestätigt.",
	},
	tookBack: {
		en: "The new version was taken back, and the one before runs: {}. Ask for a corrected file.",
		pt: "A nova versão foi desfeita e a anterior está em uso: {}. Peça um arquivo corrigido.",
		es: "La nueva versión se revirtió y la anterior está en uso: {}. Pide un archivo corregido.",
		de: "Die neue Version wurde zurückgenommen, die vorige läuft: {}. Es braucht eine korrigierte Datei.",
	},
	absent: {
		en: "The device has not come back in three minutes. Switch it off and on: a version that does not start is taken back by that.",
		pt: "O aparelho não voltou em três minutos. Desligue e ligue: uma versão que não inicia é desfeita com isso.",
		es: "El dispositivo no volvió en tres minutos. Apágalo y enciéndelo: eso revierte una versión que no arranca.",
		de: "Das Gerät ist nach drei Minuten nicht zurück. Aus- und einschalten: Eine Version, die nicht startet, wird damit zurückgenommen.",
	},
	interrupted: {
		en: "The connection broke after {} %. What runs has not changed: try again, nearer to the Wi-Fi if it breaks again.",
		pt: "A conexão caiu em {} %. Nada mudou no que está em uso: tente de novo, mais perto do Wi-Fi se cair outra vez.",
		es: "La conexión se cortó al {} %. Lo que está en uso no cambió: inténtalo de nuevo, más cerca del Wi-Fi si vuelve a cortarse.",
		de: "Die Verbindung brach nach {} % ab. Was läuft, ist unverändert: noch einmal versuchen, bei erneutem Abbruch näher am WLAN.",
	},
	tooLarge: {
		en: "Take the file that was built for this device, without a debugger.",
		pt: "Não cabe no slot. Use o arquivo feito para este aparelho, sem depurador.",
		es: "No cabe en la ranura. Usa el archivo hecho para este dispositivo, sin depurador.",
		de: "Sie passt nicht in den Slot. Die Datei verwenden, die für dieses Gerät ohne Debugger gebaut wurde.",
	},
	wrongImage: {
		en: "Take the file that was built for this device, and fetch it again if it is damaged.",
		pt: "Não é um firmware deste aparelho, ou está danificado. Use o arquivo feito para ele, ou baixe-o de novo.",
		es: "No es un firmware de este dispositivo, o está dañado. Usa el archivo hecho para él, o descárgalo de nuevo.",
		de: "Das ist keine Firmware für dieses Gerät, oder sie ist beschädigt. Die dafür gebaute Datei verwenden oder neu herunterladen.",
	},
	busy: {
		en: "Try again in a few minutes.",
		pt: "Outra atualização não terminou. Tente de novo em alguns minutos.",
		es: "Otra actualización no ha terminado. Inténtalo de nuevo en unos minutos.",
		de: "Eine andere Aktualisierung ist nicht beendet. In einigen Minuten noch einmal versuchen.",
	},
	flash: {
		en: "What runs has not changed. Try again; if it stays, the flash is worn out.",
		pt: "A memória flash não aceitou. O que está em uso não mudou. Tente de novo; se persistir, a flash está gasta.",
		es: "La memoria flash no lo aceptó. Lo que está en uso no cambió. Inténtalo de nuevo; si persiste, la flash está gastada.",
		de: "Der Flash nahm sie nicht an. Was läuft, ist unverändert. Noch einmal versuchen; bleibt es so, ist der Flash verschlissen.",
	},
} satisfies Record<string, Row>;

export const imageStateRows = {
	new: { en: "not started yet", pt: "ainda não iniciada", es: "aún no arrancada", de: "noch nicht gestartet" },
	pending: { en: "on probation", pt: "em teste", es: "a prueba", de: "auf Probe" },
	valid: { en: "confirmed", pt: "confirmada", es: "confirmada", de: "bestätigt" },
	invalid: {
		en: "took itself back",
		pt: "desfez-se sozinha",
		es: "se revirtió sola",
		de: "hat sich selbst zurückgenommen",
	},
	aborted: {
		en: "ended before it was confirmed",
		pt: "terminou antes da confirmação",
		es: "terminó antes de confirmarse",
		de: "endete, bevor sie bestätigt war",
	},
} satisfies Record<ImageState, Row>;
