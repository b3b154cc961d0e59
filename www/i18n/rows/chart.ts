import type { Row } from "../languages.js";

/** Every string of the chart. */
export const chartRows = {
	private: {
		en: "It is there, and private: only its own page shows its values",
		pt: "Está lá e é privado: só a página dele mostra os valores",
		es: "Está ahí y es privado: solo su propia página muestra sus valores",
		de: "Es ist da und privat: nur seine eigene Seite zeigt die Werte",
	},
	older: {
		en: "It is there, with version {}, which this page cannot read",
		pt: "Está lá, com a versão {}, que esta página não consegue ler",
		es: "Está ahí, con la versión {}, que esta página no puede leer",
		de: "Es ist da, mit Version {}, die diese Seite nicht lesen kann",
	},
	unclear: {
		en: "It is there, but sends what this page cannot show",
		pt: "Está lá, mas envia o que esta página não consegue mostrar",
		es: "Está ahí, pero envía lo que esta página no puede mostrar",
		de: "Es ist da, sendet aber, was diese Seite nicht zeigen kann",
	},
	compare: { en: "Compare all", pt: "Comparar todos", es: "Comparar todos", de: "Alle vergleichen" },
	title: { en: "History", pt: "Histórico", es: "Historial", de: "Verlauf" },
	sensor: { en: "Sensor", pt: "Sensor", es: "Sensor", de: "Sensor" },
	min: { en: "min", pt: "mín", es: "mín", de: "Min" },
	max: { en: "max", pt: "máx", es: "máx", de: "Max" },
	falling: { en: "falling", pt: "descendo", es: "bajando", de: "fallend" },
	steady: { en: "steady", pt: "estável", es: "estable", de: "gleichbleibend" },
	rising: { en: "rising", pt: "subindo", es: "subiendo", de: "steigend" },
	steadman: {
		en: "Steadman's formula (US National Weather Service)",
		pt: "Fórmula de Steadman (NWS, EUA)",
		es: "Fórmula de Steadman (NWS, EE. UU.)",
		de: "Steadmans Formel (NWS, USA)",
	},
	rothfusz: {
		en: "Rothfusz's fit (US National Weather Service)",
		pt: "Regressão de Rothfusz (NWS, EUA)",
		es: "Regresión de Rothfusz (NWS, EE. UU.)",
		de: "Regression von Rothfusz (NWS, USA)",
	},
	heatIndex: {
		en: "Heat index (US National Weather Service): Steadman's formula; from an index of {} on Rothfusz's fit (SR 90-23).",
		pt: "Índice de calor (NWS, EUA): fórmula de Steadman; a partir de um índice de {}, regressão de Rothfusz (SR 90-23).",
		es: "Índice de calor (NWS, EE. UU.): fórmula de Steadman; desde un índice de {}, regresión de Rothfusz (SR 90-23).",
		de: "Hitzeindex (NWS, USA): Steadmans Formel; ab einem Index von {} Regression von Rothfusz (SR 90-23).",
	},
	empty: { en: "no reading", pt: "sem leitura", es: "sin lectura", de: "kein Messwert" },
} satisfies Record<string, Row>;

/** What alerts are made of: quantities, zones, of which `{}` is the limit, and when they began. */
export const alertRows = {
	temperature: { en: "temperature", pt: "temperatura", es: "temperatura", de: "Temperatur" },
	humidity: { en: "humidity", pt: "umidade", es: "humedad", de: "Luftfeuchte" },
	success: {
		en: "reads that succeed",
		pt: "leituras bem-sucedidas",
		es: "lecturas correctas",
		de: "gelungene Messungen",
	},
	reading: { en: "readings", pt: "leituras", es: "lecturas", de: "Messwerte" },
	normal: { en: "normal", pt: "normal", es: "normal", de: "normal" },
	below: { en: "below {}", pt: "abaixo de {}", es: "por debajo de {}", de: "unter {}" },
	above: { en: "above {}", pt: "acima de {}", es: "por encima de {}", de: "über {}" },
	fault: { en: "none", pt: "nenhuma", es: "ninguna", de: "keine" },
	since: { en: "since {}", pt: "desde {}", es: "desde {}", de: "seit {}" },
} satisfies Record<string, Row>;
