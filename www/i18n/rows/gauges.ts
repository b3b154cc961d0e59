import type { FaultKind } from "../../../modules/dht/fault.js";
import type { Row, Translations } from "../languages.js";

/** Every string of the gauges; `{}` stands for a value. */
export const gaugeRows = {
	temperature: { en: "Temperature", pt: "Temperatura", es: "Temperatura", de: "Temperatur" },
	humidity: { en: "Humidity", pt: "Umidade", es: "Humedad", de: "Luftfeuchte" },
	dewPoint: { en: "Dew point", pt: "Ponto de orvalho", es: "Punto de rocío", de: "Taupunkt" },
	frostPoint: { en: "Frost point", pt: "Ponto de geada", es: "Punto de escarcha", de: "Reifpunkt" },
	heatIndex: { en: "Heat index", pt: "Índice de calor", es: "Índice de calor", de: "Hitzeindex" },
	absoluteHumidity: {
		en: "Absolute humidity",
		pt: "Umidade absoluta",
		es: "Humedad absoluta",
		de: "Absolute Feuchte",
	},
	none: { en: "no value", pt: "sem valor", es: "sin valor", de: "kein Wert" },
	connecting: { en: "Connecting…", pt: "Conectando…", es: "Conectando…", de: "Verbinden…" },
	live: { en: "Live", pt: "Ao vivo", es: "En directo", de: "Live" },
	full: {
		en: "All streams are taken: asking every few seconds",
		pt: "Todos os canais ocupados: consultando a cada poucos segundos",
		es: "Todos los canales están ocupados: se consulta cada pocos segundos",
		de: "Alle Streams sind belegt: Abfrage alle paar Sekunden",
	},
	lost: {
		en: "Out of reach since {}, retrying…",
		pt: "Fora de alcance desde {}, tentando de novo…",
		es: "Fuera de alcance desde {}, reintentando…",
		de: "Nicht erreichbar seit {}, neuer Versuch…",
	},
	stale: { en: "No new reading", pt: "Sem leitura nova", es: "Sin lectura nueva", de: "Kein neuer Messwert" },
	last: { en: "Last reading {}", pt: "Última leitura {}", es: "Última lectura {}", de: "Letzter Messwert {}" },
	never: {
		en: "No reading yet",
		pt: "Nenhuma leitura ainda",
		es: "Aún no hay lecturas",
		de: "Noch kein Messwert",
	},
	fault: { en: "Sensor fault", pt: "Falha do sensor", es: "Fallo del sensor", de: "Sensorfehler" },
	settings: { en: "Settings", pt: "Configurações", es: "Ajustes", de: "Einstellungen" },
	received: { en: "Data received", pt: "Dados recebidos", es: "Datos recibidos", de: "Empfangene Daten" },
	language: { en: "Language", pt: "Idioma", es: "Idioma", de: "Sprache" },
	unit: { en: "Unit", pt: "Unidade", es: "Unidad", de: "Einheit" },
	theme: { en: "Appearance", pt: "Aparência", es: "Apariencia", de: "Darstellung" },
	auto: { en: "System", pt: "Sistema", es: "Sistema", de: "System" },
	light: { en: "Light", pt: "Claro", es: "Claro", de: "Hell" },
	dark: { en: "Dark", pt: "Escuro", es: "Oscuro", de: "Dunkel" },
} satisfies Record<string, Row>;

/** What each kind of fault means and what helps; the device has the English. */
export const faultRows = {
	"no-answer": {
		pt: "O sensor não responde: confira a alimentação, a fiação e o pull-up de 4,7 kΩ",
		es: "El sensor no responde: revisa la alimentación, el cableado y el pull-up de 4,7 kΩ",
		de: "Der Sensor antwortet nicht: Stromversorgung, Verdrahtung und den Pull-up von 4,7 kΩ prüfen",
	},
	"bus-stuck": {
		pt: "A linha de dados nunca sobe: procure um curto-circuito ou a falta do pull-up",
		es: "La línea de datos nunca sube: busca un cortocircuito o un pull-up que falte",
		de: "Die Datenleitung bleibt auf Low: nach Kurzschluss oder fehlendem Pull-up suchen",
	},
	"short-frame": {
		pt: "A resposta foi interrompida: procure mau contato ou um cabo longo demais",
		es: "La respuesta se interrumpió: busca un mal contacto o un cable demasiado largo",
		de: "Die Antwort brach ab: nach Wackelkontakt oder zu langem Kabel suchen",
	},
	"long-frame": {
		pt: "Pulsos demais na linha de dados: afaste o cabo da rede elétrica",
		es: "Demasiados pulsos en la línea de datos: aleja el cable de la red eléctrica",
		de: "Zu viele Impulse auf der Datenleitung: Kabel von Netzleitungen fernhalten",
	},
	timing: {
		pt: "Os pulsos têm duração errada: encurte o cabo ou use um pull-up mais forte",
		es: "Los pulsos duran lo que no deben: acorta el cable o usa un pull-up más fuerte",
		de: "Die Impulse haben die falsche Länge: kürzeres Kabel oder stärkeren Pull-up verwenden",
	},
	checksum: {
		pt: "A soma de verificação está errada: afaste o cabo da rede elétrica",
		es: "La suma de comprobación no coincide: aleja el cable de la red eléctrica",
		de: "Die Prüfsumme stimmt nicht: Kabel von Netzleitungen fernhalten",
	},
	"out-of-range": {
		pt: "O valor está além do que o sensor mede: confira o modelo na configuração",
		es: "El valor está fuera de lo que mide el sensor: revisa el modelo en los ajustes",
		de: "Der Wert liegt außerhalb des Messbereichs: das Modell in den Einstellungen prüfen",
	},
	implausible: {
		pt: "O ar não muda assim: se continuar, o sensor está ruim",
		es: "El aire no cambia así: si continúa, el sensor está averiado",
		de: "So ändert sich Luft nicht: Wenn es anhält, ist der Sensor defekt",
	},
	hardware: {
		pt: "A captura falhou: será reaberta na próxima leitura",
		es: "La captura falló: se reabrirá en la próxima lectura",
		de: "Die Aufnahme schlug fehl: Sie wird beim nächsten Lesen neu gestartet",
	},
} satisfies Record<FaultKind, Translations>;
