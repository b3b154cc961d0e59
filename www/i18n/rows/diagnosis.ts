import type { FaultKind } from "../../../modules/dht/fault.js";
import type { Row } from "../languages.js";

/** Every string of the card "Diagnosis"; `{}` stands for a value. */
export const diagnosisRows = {
	diagnosis: { en: "Diagnosis", pt: "Diagnóstico", es: "Diagnóstico", de: "Diagnose" },
	rate: {
		en: "{} % of {n} reads of the last day succeeded.",
		pt: "{} % de {n} leituras do último dia deram certo.",
		es: "El {} % de {n} lecturas del último día fue correcto.",
		de: "{} % von {n} Messungen des letzten Tages gelangen.",
	},
	noReads: {
		en: "Not read yet.",
		pt: "Ainda não lido.",
		es: "Aún no leído.",
		de: "Noch nicht gelesen.",
	},
	train: {
		en: "The last pulse train without a reading, {} ms long",
		pt: "O último trem de pulsos sem leitura, de {} ms",
		es: "El último tren de pulsos sin lectura, de {} ms",
		de: "Die letzte Impulsfolge ohne Messwert, {} ms lang",
	},
	bytes: { en: "Bytes: {}", pt: "Bytes: {}", es: "Bytes: {}", de: "Bytes: {}" },
	showLog: { en: "Show the log", pt: "Mostrar o registro", es: "Mostrar el registro", de: "Protokoll zeigen" },
	log: { en: "Log", pt: "Registro", es: "Registro", de: "Protokoll" },
	logNeeds: {
		en: "The log is shown to those who know the password.",
		pt: "O registro é mostrado a quem sabe a senha.",
		es: "El registro se muestra a quien sabe la contraseña.",
		de: "Das Protokoll sehen alle, die das Passwort kennen.",
	},
	copy: {
		en: "Copy a report for a bug",
		pt: "Copiar um relatório de erro",
		es: "Copiar un informe de error",
		de: "Fehlerbericht kopieren",
	},
	copied: {
		en: "Copied. It has no passwords; look through it before it is public.",
		pt: "Copiado. Não tem senhas; leia antes de publicar.",
		es: "Copiado. No tiene contraseñas; revísalo antes de publicarlo.",
		de: "Kopiert. Passwörter sind nicht darin; vor dem Veröffentlichen durchsehen.",
	},
	notCopied: {
		en: "The browser does not allow it.",
		pt: "O navegador não permite.",
		es: "El navegador no lo permite.",
		de: "Der Browser erlaubt es nicht.",
	},
} satisfies Record<string, Row>;

/** Which rule a pulse train breaks. */
export const ruleRows = {
	"no-answer": {
		en: "Fewer than three pulses: the sensor is silent.",
		pt: "Menos de três pulsos: o sensor está mudo.",
		es: "Menos de tres pulsos: el sensor calla.",
		de: "Weniger als drei Impulse: Der Sensor schweigt.",
	},
	"bus-stuck": {
		en: "No pulse, and the line stays low.",
		pt: "Nenhum pulso, e a linha fica em nível baixo.",
		es: "Ningún pulso, y la línea se queda baja.",
		de: "Kein Impuls, und die Leitung bleibt auf Low.",
	},
	"short-frame": {
		en: "Too few pulses for 40 bits.",
		pt: "Pulsos de menos para 40 bits.",
		es: "Demasiado pocos pulsos para 40 bits.",
		de: "Zu wenige Impulse für 40 Bits.",
	},
	"long-frame": {
		en: "Too many pulses for its bits.",
		pt: "Pulsos demais para os bits.",
		es: "Demasiados pulsos para sus bits.",
		de: "Zu viele Impulse für die Bits.",
	},
	timing: {
		en: "A pulse is not as long as its kind.",
		pt: "Um pulso não tem a duração do seu tipo.",
		es: "Un pulso no dura lo que los de su clase.",
		de: "Ein Impuls ist nicht so lang wie seine Art.",
	},
	checksum: {
		en: "The fifth byte is not the sum of the four before.",
		pt: "O quinto byte não é a soma dos quatro anteriores.",
		es: "El quinto byte no es la suma de los cuatro anteriores.",
		de: "Das fünfte Byte ist nicht die Summe der vier davor.",
	},
	"out-of-range": {
		en: "The bytes are beyond what the model measures.",
		pt: "Os bytes estão além do que o modelo mede.",
		es: "Los bytes están fuera de lo que mide el modelo.",
		de: "Die Bytes liegen außerhalb dessen, was das Modell misst.",
	},
	implausible: {
		en: "The frame is whole, but air does not change so.",
		pt: "O quadro está inteiro, mas o ar não muda assim.",
		es: "La trama está entera, pero el aire no cambia así.",
		de: "Die Daten sind vollständig, aber so ändert sich Luft nicht.",
	},
	hardware: {
		en: "The capture failed.",
		pt: "A captura falhou.",
		es: "La captura falló.",
		de: "Die Aufnahme schlug fehl.",
	},
} satisfies Record<FaultKind, Row>;
