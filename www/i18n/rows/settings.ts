import type { Row, Translations } from "../languages.js";

/** Labels and hints of the settings page. */
export const settingLabelRows = {
	device: { en: "Device", pt: "Aparelho", es: "Dispositivo", de: "Gerät" },
	name: { en: "Name", pt: "Nome", es: "Nombre", de: "Name" },
	auto: { en: "The browser's", pt: "O do navegador", es: "El del navegador", de: "Die des Browsers" },
	units: { en: "Temperature in", pt: "Temperatura em", es: "Temperatura en", de: "Temperatur in" },
	intervalMs: {
		en: "Time between readings, ms",
		pt: "Tempo entre leituras, ms",
		es: "Tiempo entre lecturas, ms",
		de: "Zeit zwischen Messungen, ms",
	},
	network: { en: "Network", pt: "Rede", es: "Red", de: "Netz" },
	timeServer: { en: "Time server", pt: "Servidor de hora", es: "Servidor de hora", de: "Zeitserver" },
	hosts: {
		en: "More names of the device, separated by spaces",
		pt: "Outros nomes do aparelho, separados por espaços",
		es: "Otros nombres del dispositivo, separados por espacios",
		de: "Weitere Namen des Geräts, durch Leerzeichen getrennt",
	},
	origins: {
		en: "Web origins that may read and change it, separated by spaces",
		pt: "Origens web que podem ler e mudar, separadas por espaços",
		es: "Orígenes web que pueden leerlo y cambiarlo, separados por espacios",
		de: "Web-Ursprünge, die es lesen und ändern dürfen, durch Leerzeichen getrennt",
	},
	webhooks: { en: "Alerts", pt: "Alertas", es: "Alertas", de: "Warnungen" },
	webhooksHint: {
		en: "Alerts are sent to these URLs, over plain HTTP alone. Of a saved URL the host is shown; leave it so to keep the URL.",
		pt: "Os alertas vão para estas URLs, só por HTTP simples. De uma URL salva aparece o servidor; deixe assim para mantê-la.",
		es: "Las alertas se envían a estas URL, solo por HTTP sin cifrar. De una URL guardada se muestra el servidor; déjalo así para conservarla.",
		de: "Warnungen gehen an diese URLs, nur über unverschlüsseltes HTTP. Von einer gespeicherten URL ist der Server zu sehen; so lassen, um sie zu behalten.",
	},
	webhookURL: { en: "URL", pt: "URL", es: "URL", de: "URL" },
	webhookFormat: { en: "Sent as", pt: "Enviado como", es: "Enviado como", de: "Gesendet als" },
	webhookText: { en: "a line of text", pt: "uma linha de texto", es: "una línea de texto", de: "eine Zeile Text" },
	mqttHost: {
		en: "Broker, by name or address; empty for none",
		pt: "Servidor, por nome ou endereço; vazio para nenhum",
		es: "Bróker, por nombre o dirección; vacío para ninguno",
		de: "Broker, als Name oder Adresse; leer für keinen",
	},
	mqttPort: { en: "Port", pt: "Porta", es: "Puerto", de: "Port" },
	mqttUser: {
		en: "User, if the broker asks for one",
		pt: "Usuário, se o servidor pedir",
		es: "Usuario, si el bróker lo pide",
		de: "Benutzer, falls der Broker einen verlangt",
	},
	mqttPassword: {
		en: "Password of that user",
		pt: "Senha desse usuário",
		es: "Contraseña de ese usuario",
		de: "Passwort dieses Benutzers",
	},
	mqttPrefix: {
		en: "First level of the topics",
		pt: "Primeiro nível dos tópicos",
		es: "Primer nivel de los temas",
		de: "Erste Ebene der Topics",
	},
	mqttDiscovery: {
		en: "Home Assistant finds the device by itself",
		pt: "O Home Assistant acha o aparelho sozinho",
		es: "Home Assistant encuentra el dispositivo solo",
		de: "Home Assistant findet das Gerät von selbst",
	},
	mqttDiscoveryPrefix: {
		en: "First level of Home Assistant's topics",
		pt: "Primeiro nível dos tópicos do Home Assistant",
		es: "Primer nivel de los temas de Home Assistant",
		de: "Erste Ebene der Topics von Home Assistant",
	},
	private: {
		en: "Reading needs the password, too",
		pt: "Ler também exige a senha",
		es: "Leer también exige la contraseña",
		de: "Auch Lesen braucht das Passwort",
	},
	saved: { en: "Saved.", pt: "Salvo.", es: "Guardado.", de: "Gespeichert." },
	restart: {
		en: "Saved. This takes full effect with the next start: ",
		pt: "Salvo. Vale por completo no próximo início: ",
		es: "Guardado. Se aplica del todo en el próximo arranque: ",
		de: "Gespeichert. Ganz wirksam wird mit dem nächsten Start: ",
	},
	unsaved: {
		en: "Not saved yet: {}",
		pt: "Ainda não salvo: {}",
		es: "Aún sin guardar: {}",
		de: "Noch nicht gespeichert: {}",
	},
	nothing: { en: "Nothing was changed.", pt: "Nada mudou.", es: "No cambió nada.", de: "Nichts wurde geändert." },
} satisfies Record<string, Row>;

const bandRejection = {
	pt: "dois números, o menor primeiro, de -50 a 150; para umidade de 0 a 100",
	es: "dos números, el menor primero, de -50 a 150; para humedad de 0 a 100",
	de: "zwei Zahlen, die kleinere zuerst, von -50 bis 150; bei Luftfeuchte von 0 bis 100",
};

/** What a setting may be, by the last name of its key or by its band's; `{min}` and `{max}` stand for its limits. The device has the English. */
export const rejectionRows = {
	name: {
		pt: "de 1 a {max} letras, dígitos e hífens internos; para um sensor, de 1 a 64 caracteres, cada nome uma vez",
		es: "de 1 a {max} letras, cifras y guiones interiores; para un sensor, de 1 a 64 caracteres, cada nombre una vez",
		de: "1 bis {max} Buchstaben, Ziffern und Bindestriche im Innern; bei einem Sensor 1 bis 64 Zeichen, jeder Name nur einmal",
	},
	intervalMs: {
		pt: "um número inteiro de {min} a {max}",
		es: "un número entero de {min} a {max}",
		de: "eine ganze Zahl von {min} bis {max}",
	},
	pin: {
		pt: "um pino que o chip tem e não usa, cada pino uma vez",
		es: "un pin que el chip tiene y no usa, cada pin una vez",
		de: "ein Pin, den der Chip hat und nicht braucht, jeder nur einmal",
	},
	powerPin: {
		pt: "um pino que o chip tem e não usa, cada pino uma vez",
		es: "un pin que el chip tiene y no usa, cada pin una vez",
		de: "ein Pin, den der Chip hat und nicht braucht, jeder nur einmal",
	},
	model: { pt: "um dos modelos da lista", es: "uno de los modelos de la lista", de: "eines der Modelle der Liste" },
	offset: { pt: "um número de -50 a 50", es: "un número de -50 a 50", de: "eine Zahl von -50 bis 50" },
	points: {
		pt: "dois pontos diferentes, com números de -100 a 200",
		es: "dos puntos distintos, con números de -100 a 200",
		de: "zwei verschiedene Punkte, mit Zahlen von -100 bis 200",
	},
	temperature: {
		pt: "dois pontos que sobem, ou um número de -50 a 50",
		es: "dos puntos que suben, o un número de -50 a 50",
		de: "zwei steigende Punkte, oder eine Zahl von -50 bis 50",
	},
	humidity: {
		pt: "dois pontos que sobem, ou um número de -50 a 50",
		es: "dos puntos que suben, o un número de -50 a 50",
		de: "zwei steigende Punkte, oder eine Zahl von -50 bis 50",
	},
	calibration: { pt: "dois pontos que sobem", es: "dos puntos que suben", de: "zwei steigende Punkte" },
	below: {
		pt: "um número menor que o de cima",
		es: "un número menor que el de arriba",
		de: "eine Zahl unter der oberen Grenze",
	},
	above: { pt: "um número", es: "un número", de: "eine Zahl" },
	scale: bandRejection,
	comfort: bandRejection,
	hysteresis: { pt: "um número de 0 a 20", es: "un número de 0 a 20", de: "eine Zahl von 0 bis 20" },
	delayMs: {
		pt: "um número inteiro de 0 a 86400000",
		es: "un número entero de 0 a 86400000",
		de: "eine ganze Zahl von 0 bis 86400000",
	},
	webhooks: { pt: "no máximo {max}", es: "como máximo {max}", de: "höchstens {max}" },
	url: {
		pt: "uma URL inteira de HTTP simples, com nome ou endereço IPv4, de no máximo 200 caracteres",
		es: "una URL completa de HTTP sin cifrar, con nombre o dirección IPv4, de como máximo 200 caracteres",
		de: "eine vollständige URL mit unverschlüsseltem HTTP, mit Name oder IPv4-Adresse, höchstens 200 Zeichen",
	},
	networks: {
		pt: "no máximo {max}, cada nome uma vez",
		es: "como máximo {max}, cada nombre una vez",
		de: "höchstens {max}, jeder Name nur einmal",
	},
	address: {
		pt: "um endereço IPv4 com o tamanho do prefixo, como 192.168.1.50/24, e um gateway",
		es: "una dirección IPv4 con la longitud del prefijo, como 192.168.1.50/24, y una puerta de enlace",
		de: "eine IPv4-Adresse mit der Länge des Präfixes, wie 192.168.1.50/24, und ein Gateway",
	},
	gateway: {
		pt: "o endereço de outro aparelho na mesma rede",
		es: "la dirección de otro equipo de la misma red",
		de: "die Adresse eines anderen Geräts im selben Netz",
	},
	dns: { pt: "um endereço IPv4, ou nada", es: "una dirección IPv4, o nada", de: "eine IPv4-Adresse, oder nichts" },
	timeServer: { pt: "um nome de servidor", es: "un nombre de servidor", de: "der Name eines Servers" },
	mqttHost: {
		pt: "um nome de servidor, ou nada",
		es: "un nombre de servidor, o nada",
		de: "der Name eines Servers, oder nichts",
	},
	mqttPort: {
		pt: "um número inteiro de {min} a {max}",
		es: "un número entero de {min} a {max}",
		de: "eine ganze Zahl von {min} bis {max}",
	},
	mqttUser: { pt: "no máximo {max} caracteres", es: "como máximo {max} caracteres", de: "höchstens {max} Zeichen" },
	mqttPassword: {
		pt: "no máximo {max} caracteres",
		es: "como máximo {max} caracteres",
		de: "höchstens {max} Zeichen",
	},
	mqttPrefix: {
		pt: "de 1 a {max} caracteres sem espaços, + e #, em níveis separados por /",
		es: "de 1 a {max} caracteres sin espacios, + ni #, en niveles separados por /",
		de: "1 bis {max} Zeichen ohne Leerzeichen, + und #, in Ebenen, die / trennt",
	},
	mqttDiscoveryPrefix: {
		pt: "de 1 a {max} caracteres sem espaços, + e #, em níveis separados por /",
		es: "de 1 a {max} caracteres sin espacios, + ni #, en niveles separados por /",
		de: "1 bis {max} Zeichen ohne Leerzeichen, + und #, in Ebenen, die / trennt",
	},
	hosts: {
		pt: "no máximo {max} nomes de aparelho",
		es: "como máximo {max} nombres de dispositivo",
		de: "höchstens {max} Namen von Geräten",
	},
	origins: {
		pt: "no máximo {max} origens, cada uma o protocolo e o nome de um site",
		es: "como máximo {max} orígenes, cada uno el protocolo y el nombre de un sitio",
		de: "höchstens {max} Ursprünge, jeder aus Protokoll und Name einer Website",
	},
	adminPassword: {
		pt: "de {min} a {max} caracteres",
		es: "de {min} a {max} caracteres",
		de: "{min} bis {max} Zeichen",
	},
	private: { pt: "só com uma senha", es: "solo con una contraseña", de: "nur mit einem Passwort" },
	sensors: {
		pt: "de 1 a {max} sensores, em pinos que este aparelho tem",
		es: "de 1 a {max} sensores, en pines que este dispositivo tiene",
		de: "1 bis {max} Sensoren, an Pins, die dieses Gerät hat",
	},
	ssid: { pt: "de {min} a {max} bytes", es: "de {min} a {max} bytes", de: "{min} bis {max} Bytes" },
	password: {
		pt: "de 8 a 63 caracteres ASCII",
		es: "de 8 a 63 caracteres ASCII",
		de: "8 bis 63 ASCII-Zeichen",
	},
} satisfies Record<string, Translations>;
