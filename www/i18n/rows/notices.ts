import type { Reason } from "../../../modules/update/reasons.js";
import type { Row, Translations } from "../languages.js";

/** What is said of the device's start; `{}` stands for a reason, `{v}` for a version. */
export const noticeRows = {
	safe: {
		en: "Safe mode: changed settings are kept, but not in force. The reason: {}.",
		pt: "Modo seguro: as configurações alteradas estão guardadas, mas não valem. O motivo: {}.",
		es: "Modo seguro: los ajustes cambiados están guardados, pero no se aplican. El motivo: {}.",
		de: "Abgesicherter Modus: Geänderte Einstellungen sind gespeichert, gelten aber nicht. Der Grund: {}.",
	},
	rescue: {
		en: "Rescue mode: the sensors are not read. The reason: {}.",
		pt: "Modo de resgate: os sensores não são lidos. O motivo: {}.",
		es: "Modo de rescate: los sensores no se leen. El motivo: {}.",
		de: "Rettungsmodus: Die Sensoren werden nicht gelesen. Der Grund: {}.",
	},
	rolledBack: {
		en: "Firmware {v} was taken back: {}.",
		pt: "O firmware {v} foi desfeito: {}.",
		es: "El firmware {v} se revirtió: {}.",
		de: "Firmware {v} wurde zurückgenommen: {}.",
	},
	leftOut: {
		en: "Kept, not in force",
		pt: "Guardado, não vale",
		es: "Guardado, no se aplica",
		de: "Gespeichert, gilt nicht",
	},
	mend: {
		en: "The form shows what is kept. What you correct is in force at once, the rest after a restart.",
		pt: "O formulário mostra o que está guardado. O que você corrigir vale na hora, o resto depois de reiniciar.",
		es: "El formulario muestra lo guardado. Lo que corrijas se aplica al momento, el resto tras reiniciar.",
		de: "Das Formular zeigt, was gespeichert ist. Korrigiertes gilt sofort, der Rest nach einem Neustart.",
	},
	settings: { en: "Settings", pt: "Configurações", es: "Ajustes", de: "Einstellungen" },
	dismiss: { en: "Do not show again", pt: "Não mostrar de novo", es: "No volver a mostrar", de: "Nicht mehr anzeigen" },
} satisfies Record<string, Row>;

/** Why a mode was entered or firmware taken back; the device has the English. */
export const reasonRows = {
	crash: { pt: "falhou", es: "falló", de: "sie ist abgestürzt" },
	hang: { pt: "travou", es: "se bloqueó", de: "sie hat sich aufgehängt" },
	restart: {
		pt: "reiniciou antes de ser confirmado",
		es: "se reinició antes de confirmarse",
		de: "sie startete neu, bevor sie bestätigt war",
	},
	cut: {
		pt: "faltou energia antes de ser confirmado",
		es: "se cortó la energía antes de confirmarse",
		de: "der Strom fiel aus, bevor sie bestätigt war",
	},
	reading: { pt: "não leu nenhum sensor", es: "no leyó ningún sensor", de: "sie las keinen Sensor" },
	reachable: { pt: "não entrou em nenhuma rede", es: "no entró en ninguna red", de: "sie kam in kein Netz" },
	listening: { pt: "não atende pedidos", es: "no atiende peticiones", de: "sie beantwortet keine Anfragen" },
	crashes: {
		pt: "o firmware falhou repetidas vezes no primeiro minuto",
		es: "el firmware falló varias veces en su primer minuto",
		de: "die Firmware stürzte wiederholt in der ersten Minute ab",
	},
} satisfies Record<Reason, Translations>;
