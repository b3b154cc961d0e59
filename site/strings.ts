// Every string of the install page, a column a language: a row that lacks one does not compile.

import type { LanguageKey, Row } from "../www/i18n/languages.js";

/** `{}` stands for a value. */
export const strings = {
	title: {
		en: "A room's air, on a page of its own",
		pt: "O ar do ambiente, em uma página própria",
		es: "El aire de la habitación, en su propia página",
		de: "Raumluft auf einer eigenen Seite",
	},
	intro: {
		en: "An ESP32 and a DHT22 for a few coins become a thermometer and hygrometer that every browser in your network can read. It needs no account, no cloud and no Internet. Install it from this page: plug the board in, press a button, choose your Wi-Fi.",
		pt: "Um ESP32 e um DHT22, por poucos reais, viram um termômetro e higrômetro que qualquer navegador da sua rede lê. Sem conta, sem nuvem e sem Internet. Instale por esta página: conecte a placa, aperte um botão, escolha seu Wi-Fi.",
		es: "Un ESP32 y un DHT22 de pocas monedas se vuelven un termómetro e higrómetro que lee cualquier navegador de tu red. Sin cuenta, sin nube y sin Internet. Instálalo desde esta página: conecta la placa, pulsa un botón, elige tu Wi-Fi.",
		de: "Ein ESP32 und ein DHT22 für ein paar Euro werden zu Thermometer und Hygrometer, die jeder Browser im Netz lesen kann. Ohne Konto, ohne Cloud, ohne Internet. Von dieser Seite installieren: Platine einstecken, Knopf drücken, WLAN wählen.",
	},
	pictures: {
		en: "The page that the device serves, on a phone",
		pt: "A página que o aparelho serve, em um celular",
		es: "La página que sirve el dispositivo, en un teléfono",
		de: "Die Seite, die das Gerät liefert, auf einem Telefon",
	},
	board: { en: "1. Your board", pt: "1. Sua placa", es: "1. Tu placa", de: "1. Die Platine" },
	boardHint: {
		en: "The chip's name is printed on its metal lid or on the board. The installer looks at the chip itself: a wrong choice here does no harm.",
		pt: "O nome do chip está impresso na tampa de metal ou na placa. O instalador examina o próprio chip: escolher errado aqui não faz mal.",
		es: "El nombre del chip está impreso en su tapa de metal o en la placa. El instalador mira el propio chip: elegir mal aquí no hace daño.",
		de: "Der Name des Chips steht auf seinem Metalldeckel oder auf der Platine. Das Installationsprogramm sieht selbst nach: Eine falsche Wahl hier schadet nicht.",
	},
	boardS2: {
		en: "If its only USB connector is the chip's own: hold BOOT while you plug it in. Afterwards it takes its Wi-Fi not over the cable but in a Wi-Fi of its own, whose name begins with dht-.",
		pt: "Se o único conector USB for do próprio chip: segure BOOT ao conectar. Depois ele recebe seu Wi-Fi não pelo cabo, e sim em um Wi-Fi próprio, cujo nome começa com dht-.",
		es: "Si su único conector USB es el del propio chip: mantén BOOT al conectarla. Después recibe tu Wi-Fi no por el cable, sino en un Wi-Fi propio, cuyo nombre empieza por dht-.",
		de: "Wenn der einzige USB-Anschluss der des Chips selbst ist: beim Einstecken BOOT halten. Das WLAN nimmt sie danach nicht über das Kabel, sondern in einem eigenen WLAN, dessen Name mit dht- beginnt.",
	},
	wiring: {
		en: "2. Wire the sensor",
		pt: "2. Ligue o sensor",
		es: "2. Conecta el sensor",
		de: "2. Den Sensor anschließen",
	},
	sensor: { en: "The sensor has", pt: "O sensor tem", es: "El sensor tiene", de: "Der Sensor hat" },
	bare: { en: "four pins", pt: "quatro pinos", es: "cuatro pines", de: "vier Stifte" },
	module: {
		en: "three pins, on a small board",
		pt: "três pinos, em uma plaquinha",
		es: "tres pines, en una plaquita",
		de: "drei Stifte, auf kleiner Platine",
	},
	cable: {
		en: "a cable with three wires",
		pt: "um cabo de três fios",
		es: "un cable de tres hilos",
		de: "ein Kabel mit drei Adern",
	},
	pin: { en: "Data pin", pt: "Pino de dados", es: "Pin de datos", de: "Datenpin" },
	pinHint: {
		en: "On the board it is printed as {}. Pins that the chip needs itself are not in the list.",
		pt: "Na placa aparece como {}. Os pinos de que o próprio chip precisa não estão na lista.",
		es: "En la placa figura como {}. Los pines que el propio chip necesita no están en la lista.",
		de: "Auf der Platine steht {}. Stifte, die der Chip selbst braucht, fehlen in der Liste.",
	},
	usualPin: {
		en: "The firmware reads GPIO 4 from the start: nothing to set.",
		pt: "O firmware lê o GPIO 4 desde o início: nada a configurar.",
		es: "El firmware lee el GPIO 4 desde el principio: no hay nada que ajustar.",
		de: "Die Firmware liest von Anfang an GPIO 4: nichts einzustellen.",
	},
	otherPin: {
		en: "The firmware reads GPIO 4 at first. After the installation open the device's settings and enter {} as the data pin.",
		pt: "No início o firmware lê o GPIO 4. Depois da instalação, abra as configurações do aparelho e informe {} como pino de dados.",
		es: "Al principio el firmware lee el GPIO 4. Tras la instalación abre los ajustes del dispositivo y pon {} como pin de datos.",
		de: "Die Firmware liest zuerst GPIO 4. Nach der Installation in den Einstellungen des Geräts {} als Datenpin eintragen.",
	},
	drawing: {
		en: "Sensor to {}: supply to 3.3\u00a0V, ground to GND, data to {}",
		pt: "Sensor ao {}: alimentação em 3,3\u00a0V, terra em GND, dados em {}",
		es: "Sensor al {}: alimentación a 3,3\u00a0V, tierra a GND, datos a {}",
		de: "Sensor an {}: Versorgung an 3,3\u00a0V, Masse an GND, Daten an {}",
	},
	supply: { en: "supply", pt: "alimentação", es: "alimentación", de: "Versorgung" },
	data: { en: "data", pt: "dados", es: "datos", de: "Daten" },
	ground: { en: "ground", pt: "terra", es: "tierra", de: "Masse" },
	unused: { en: "not used", pt: "não usado", es: "sin uso", de: "frei" },
	pullUp: {
		en: "A resistor of 4.7\u00a0kΩ from data to 3.3\u00a0V is needed.",
		pt: "É preciso um resistor de 4,7\u00a0kΩ entre dados e 3,3\u00a0V.",
		es: "Hace falta una resistencia de 4,7\u00a0kΩ entre datos y 3,3\u00a0V.",
		de: "Ein Widerstand von 4,7\u00a0kΩ zwischen Daten und 3,3\u00a0V ist nötig.",
	},
	onBoard: {
		en: "The resistor is on the sensor's board. The order of the pins differs between makers: go by what is printed.",
		pt: "O resistor está na placa do sensor. A ordem dos pinos varia entre fabricantes: siga o que está impresso.",
		es: "La resistencia está en la placa del sensor. El orden de los pines varía según el fabricante: guíate por lo impreso.",
		de: "Der Widerstand ist auf der Platine des Sensors. Die Reihenfolge der Stifte ist je nach Hersteller anders: Es gilt der Aufdruck.",
	},
	colours: {
		en: "Red is supply, yellow data, black ground. A resistor of 4.7\u00a0kΩ from data to 3.3\u00a0V helps with cables beyond a metre.",
		pt: "Vermelho é alimentação, amarelo dados, preto terra. Um resistor de 4,7\u00a0kΩ entre dados e 3,3\u00a0V ajuda em cabos com mais de um metro.",
		es: "Rojo es alimentación, amarillo datos, negro tierra. Una resistencia de 4,7\u00a0kΩ entre datos y 3,3\u00a0V ayuda con cables de más de un metro.",
		de: "Rot ist Versorgung, Gelb Daten, Schwarz Masse. Ein Widerstand von 4,7\u00a0kΩ zwischen Daten und 3,3\u00a0V hilft bei Kabeln über einem Meter.",
	},
	volts: {
		en: "Give the sensor 3.3\u00a0V, not 5\u00a0V: the chip's pins stand no more.",
		pt: "Dê 3,3\u00a0V ao sensor, não 5\u00a0V: os pinos do chip não suportam mais.",
		es: "Da 3,3\u00a0V al sensor, no 5\u00a0V: los pines del chip no soportan más.",
		de: "Den Sensor mit 3,3\u00a0V versorgen, nicht mit 5\u00a0V: Mehr vertragen die Pins des Chips nicht.",
	},
	install: { en: "3. Install", pt: "3. Instale", es: "3. Instala", de: "3. Installieren" },
	connect: { en: "Connect the board", pt: "Conectar a placa", es: "Conectar la placa", de: "Platine verbinden" },
	version: { en: "Version {}", pt: "Versão {}", es: "Versión {}", de: "Version {}" },
	stepCable: {
		en: "Plug the board into this computer, with a cable that carries data, and press the button above.",
		pt: "Conecte a placa a este computador, com um cabo que leve dados, e aperte o botão acima.",
		es: "Conecta la placa a este ordenador con un cable que lleve datos y pulsa el botón de arriba.",
		de: "Die Platine mit einem Datenkabel an diesen Computer stecken und den Knopf oben drücken.",
	},
	stepPort: {
		en: "Choose its port. It is named after its USB chip: CP210x, CH340, USB JTAG or alike.",
		pt: "Escolha a porta dela. O nome é o do chip USB: CP210x, CH340, USB JTAG ou parecido.",
		es: "Elige su puerto. Lleva el nombre de su chip USB: CP210x, CH340, USB JTAG o similar.",
		de: "Ihren Anschluss wählen. Er heißt nach dem USB-Chip: CP210x, CH340, USB JTAG oder ähnlich.",
	},
	stepInstall: {
		en: "Choose “Install”. “Erase device” is for a board that ran something else; an update keeps its settings without it.",
		pt: "Escolha “Install”. “Erase device” é para uma placa que rodava outra coisa; sem isso, uma atualização mantém as configurações.",
		es: "Elige «Install». «Erase device» es para una placa que tenía otro programa; sin ello, una actualización conserva los ajustes.",
		de: "„Install“ wählen. „Erase device“ ist für Platinen mit einem anderen Programm; ohne das behält eine Aktualisierung die Einstellungen.",
	},
	stepWifi: {
		en: "Choose your Wi-Fi and enter its password. Both go over the cable to the board, and to nobody else.",
		pt: "Escolha seu Wi-Fi e digite a senha. As duas coisas vão pelo cabo até a placa, e a ninguém mais.",
		es: "Elige tu Wi-Fi y escribe su contraseña. Ambas van por el cable a la placa, y a nadie más.",
		de: "Das WLAN wählen und sein Passwort eingeben. Beides geht über das Kabel zur Platine und sonst nirgendwohin.",
	},
	stepVisit: {
		en: "“Visit device” opens the gauges. From then on they are at http://dht.local/.",
		pt: "“Visit device” abre os medidores. A partir daí eles ficam em http://dht.local/.",
		es: "«Visit device» abre los medidores. Desde entonces están en http://dht.local/.",
		de: "„Visit device“ öffnet die Anzeigen. Von da an sind sie unter http://dht.local/.",
	},
	trouble: {
		en: "The board does not respond? Hold BOOT, press RESET once, let BOOT go, and connect again. On Windows and macOS some USB chips need their maker's driver.",
		pt: "A placa não responde? Segure BOOT, aperte RESET uma vez, solte BOOT e conecte de novo. No Windows e no macOS alguns chips USB precisam do driver do fabricante.",
		es: "¿La placa no responde? Mantén BOOT, pulsa RESET una vez, suelta BOOT y conecta de nuevo. En Windows y macOS algunos chips USB necesitan el controlador de su fabricante.",
		de: "Die Platine meldet sich nicht? BOOT halten, RESET einmal drücken, BOOT loslassen und neu verbinden. Unter Windows und macOS brauchen manche USB-Chips den Treiber des Herstellers.",
	},
	unsupported: {
		en: "This browser has no access to serial ports. Use Chrome, Edge, Opera or a Firefox from May 2026 or later on a computer, or the commands below. Safari, and all browsers on iPhone and iPad, cannot do it.",
		pt: "Este navegador não acessa portas seriais. Use Chrome, Edge, Opera ou um Firefox de maio de 2026 ou mais novo em um computador, ou os comandos abaixo. O Safari, e todo navegador de iPhone e iPad, não consegue.",
		es: "Este navegador no accede a puertos serie. Usa Chrome, Edge, Opera o un Firefox de mayo de 2026 o posterior en un ordenador, o las órdenes de abajo. Safari, y todo navegador de iPhone y iPad, no puede.",
		de: "Dieser Browser hat keinen Zugriff auf serielle Anschlüsse. Es geht mit Chrome, Edge, Opera oder einem Firefox ab Mai 2026 auf einem Computer, oder mit den Befehlen unten. Safari und alle Browser auf iPhone und iPad können es nicht.",
	},
	insecure: {
		en: "Browsers give serial ports only to pages over HTTPS. Open this page by its https:// address.",
		pt: "Navegadores só dão acesso a portas seriais a páginas por HTTPS. Abra esta página pelo endereço https://.",
		es: "Los navegadores solo dan acceso a puertos serie a páginas por HTTPS. Abre esta página por su dirección https://.",
		de: "Browser geben serielle Anschlüsse nur Seiten über HTTPS. Diese Seite über ihre https://-Adresse öffnen.",
	},
	noFirmware: {
		en: "There is no firmware beside this page: its manifest.json cannot be read.",
		pt: "Não há firmware junto a esta página: não foi possível ler o manifest.json.",
		es: "No hay firmware junto a esta página: no se puede leer manifest.json.",
		de: "Neben dieser Seite ist keine Firmware: manifest.json lässt sich nicht lesen.",
	},
	commands: {
		en: "Without such a browser",
		pt: "Sem um navegador desses",
		es: "Sin un navegador así",
		de: "Ohne einen solchen Browser",
	},
	commandsIntro: {
		en: "With Python's esptool, version 5. First download the files for your board:",
		pt: "Com o esptool do Python, versão 5. Antes, baixe os arquivos da sua placa:",
		es: "Con esptool de Python, versión 5. Primero descarga los archivos de tu placa:",
		de: "Mit esptool für Python, Version 5. Zuerst die Dateien für die Platine laden:",
	},
	commandsRun: {
		en: "Then, in their folder:",
		pt: "Depois, na pasta deles:",
		es: "Después, en su carpeta:",
		de: "Dann in ihrem Ordner:",
	},
	copy: { en: "Copy", pt: "Copiar", es: "Copiar", de: "Kopieren" },
	copied: { en: "Copied", pt: "Copiado", es: "Copiado", de: "Kopiert" },
	notCopied: {
		en: "The browser does not allow it: select and copy",
		pt: "O navegador não permite: selecione e copie",
		es: "El navegador no lo permite: selecciona y copia",
		de: "Der Browser erlaubt es nicht: markieren und kopieren",
	},
	commandsWifi: {
		en: "The board then opens a Wi-Fi of its own, whose name begins with dht-. Join it with a phone: a page asks for your Wi-Fi.",
		pt: "A placa abre então um Wi-Fi próprio, cujo nome começa com dht-. Entre nele com um celular: uma página pede o seu Wi-Fi.",
		es: "La placa abre entonces un Wi-Fi propio, cuyo nombre empieza por dht-. Únete con un teléfono: una página pide tu Wi-Fi.",
		de: "Die Platine öffnet dann ein eigenes WLAN, dessen Name mit dht- beginnt. Mit einem Telefon beitreten: Eine Seite fragt nach dem WLAN zu Hause.",
	},
	later: { en: "Later", pt: "Depois", es: "Después", de: "Später" },
	update: {
		en: "A running device is updated over the network, with this file:",
		pt: "Um aparelho em uso é atualizado pela rede, com este arquivo:",
		es: "Un dispositivo en uso se actualiza por la red, con este archivo:",
		de: "Ein laufendes Gerät wird über das Netz aktualisiert, mit dieser Datei:",
	},
	sums: {
		en: "The sums of all files are in {}.",
		pt: "As somas de todos os arquivos estão em {}.",
		es: "Las sumas de todos los archivos están en {}.",
		de: "Die Prüfsummen aller Dateien stehen in {}.",
	},
	licences: {
		en: "Software in this page, and its licences",
		pt: "Programas nesta página e suas licenças",
		es: "Programas en esta página y sus licencias",
		de: "Programme in dieser Seite und ihre Lizenzen",
	},
	noScript: {
		en: "This page needs JavaScript to install. Without it, use esptool and the files of the release.",
		pt: "Esta página precisa de JavaScript para instalar. Sem ele, use o esptool e os arquivos do lançamento.",
		es: "Esta página necesita JavaScript para instalar. Sin él, usa esptool y los archivos de la versión.",
		de: "Zum Installieren braucht diese Seite JavaScript. Ohne es gehen esptool und die Dateien der Veröffentlichung.",
	},
	language: { en: "Language", pt: "Idioma", es: "Idioma", de: "Sprache" },
	theme: { en: "Appearance", pt: "Aparência", es: "Apariencia", de: "Darstellung" },
	auto: { en: "System", pt: "Sistema", es: "Sistema", de: "System" },
	light: { en: "Light", pt: "Claro", es: "Claro", de: "Hell" },
	dark: { en: "Dark", pt: "Escuro", es: "Oscuro", de: "Dunkel" },
} satisfies Record<string, Row>;

export type StringKey = keyof typeof strings;

/** @returns The string in `language`, with `values` for its `{}`. */
export function localize(key: StringKey, language: LanguageKey, ...values: string[]): string {
	return values.reduce((text, value) => text.replace("{}", () => value), strings[key][language] as string);
}
