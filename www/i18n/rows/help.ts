import type { PinUse } from "../../../modules/config/chip-pins.js";
import type { Row } from "../languages.js";

/** What a setting means; `{min}`, `{max}` and `{default}` stand for what its row has. */
export const helpRows = {
	name: {
		en: "Also its address, as name.local: at most {max} letters, digits and hyphens. In full with the next start.",
		pt: "Também o endereço, como nome.local: no máximo {max} letras, dígitos e hífens. Por completo no próximo início.",
		es: "También su dirección, como nombre.local: como máximo {max} letras, cifras y guiones. Del todo en el próximo arranque.",
		de: "Auch seine Adresse, als name.local: höchstens {max} Buchstaben, Ziffern und Bindestriche. Ganz mit dem nächsten Start.",
	},
	language: {
		en: "For readers who have chosen none.",
		pt: "Para leitores que não escolheram nenhum.",
		es: "Para lectores que no han elegido ninguno.",
		de: "Für alle, die keine gewählt haben.",
	},
	units: {
		en: "For readers who have chosen none.",
		pt: "Para leitores que não escolheram nenhuma.",
		es: "Para lectores que no han elegido ninguna.",
		de: "Für alle, die keine gewählt haben.",
	},
	intervalMs: {
		en: "{min} to {max}, usually {default}. No sensor is read faster than its model allows.",
		pt: "De {min} a {max}, em geral {default}. Nenhum sensor é lido mais rápido do que o modelo permite.",
		es: "De {min} a {max}, normalmente {default}. Ningún sensor se lee más rápido de lo que permite su modelo.",
		de: "{min} bis {max}, üblich ist {default}. Kein Sensor wird schneller gelesen, als sein Modell erlaubt.",
	},
	timeServer: {
		en: "Sets the clock; usually {default}. With the next start.",
		pt: "Acerta o relógio; em geral {default}. No próximo início.",
		es: "Pone en hora el reloj; normalmente {default}. En el próximo arranque.",
		de: "Stellt die Uhr; üblich ist {default}. Mit dem nächsten Start.",
	},
	address: {
		en: "The device moves to it half a second after saving. Unless a host of the network responds within two minutes, DHCP gives it another one.",
		pt: "O aparelho muda para ele meio segundo depois de salvar. Se nada na rede responder em dois minutos, o DHCP dá outro.",
		es: "El dispositivo pasa a ella medio segundo después de guardar. Si nada en la red responde en dos minutos, DHCP le da otra.",
		de: "Das Gerät wechselt eine halbe Sekunde nach dem Speichern dorthin. Antwortet zwei Minuten lang nichts im Netz, gibt DHCP ihm eine andere.",
	},
	gateway: {
		en: "Usually the address of the router.",
		pt: "Em geral o endereço do roteador.",
		es: "Normalmente la dirección del router.",
		de: "Meist die Adresse des Routers.",
	},
	dns: {
		en: "It finds the names of brokers and other servers.",
		pt: "Ele acha os nomes de outros servidores.",
		es: "Halla los nombres de otros servidores.",
		de: "Er findet die Namen anderer Server.",
	},
	hosts: {
		en: "As the router names it: requests for other names are refused. At most {max}.",
		pt: "Como o roteador o chama: pedidos por outros nomes são recusados. No máximo {max}.",
		es: "Como lo llama el router: se rechazan las peticiones por otros nombres. Como máximo {max}.",
		de: "Wie der Router es nennt: Anfragen unter anderen Namen werden abgewiesen. Höchstens {max}.",
	},
	origins: {
		en: "Protocol and name of each. Pages from there may then use the device. At most {max}.",
		pt: "O protocolo e o nome de cada uma. Páginas de lá podem então usar o aparelho. No máximo {max}.",
		es: "Protocolo y nombre de cada uno. Las páginas de allí pueden entonces usar el dispositivo. Como máximo {max}.",
		de: "Jeweils Protokoll und Name. Seiten von dort dürfen das Gerät dann benutzen. Höchstens {max}.",
	},
	mqttHost: {
		en: "It gets each reading as it is taken.",
		pt: "Ele recebe cada leitura quando é feita.",
		es: "Recibe cada lectura en cuanto se toma.",
		de: "Er bekommt jeden Messwert, sobald es ihn gibt.",
	},
	mqttPort: {
		en: "Usually {default}.",
		pt: "Em geral {default}.",
		es: "Normalmente {default}.",
		de: "Üblich ist {default}.",
	},
	mqttUser: {
		en: "At most {max} characters.",
		pt: "No máximo {max} caracteres.",
		es: "Como máximo {max} caracteres.",
		de: "Höchstens {max} Zeichen.",
	},
	mqttPassword: {
		en: "Empty keeps what there is. The broker gets it unencrypted: give the device a user of its own.",
		pt: "Vazio mantém a atual. O servidor a recebe sem criptografia: dê ao aparelho um usuário só dele.",
		es: "Vacío conserva la actual. El bróker la recibe sin cifrar: dale al dispositivo un usuario propio.",
		de: "Leer bleibt es beim bisherigen. Der Broker bekommt es unverschlüsselt: dem Gerät einen eigenen Benutzer geben.",
	},
	mqttPrefix: {
		en: "In front of the device's name in each topic; usually {default}.",
		pt: "Antes do nome do aparelho em cada tópico; em geral {default}.",
		es: "Delante del nombre del dispositivo en cada tema; normalmente {default}.",
		de: "Vor dem Namen des Geräts in jedem Topic; üblich ist {default}.",
	},
	mqttDiscovery: {
		en: "Each sensor then appears there without being set up.",
		pt: "Cada sensor aparece lá sem configuração.",
		es: "Cada sensor aparece allí sin configurarlo.",
		de: "Jeder Sensor erscheint dort, ohne eingerichtet zu werden.",
	},
	mqttDiscoveryPrefix: {
		en: "As Home Assistant has it; usually {default}.",
		pt: "Como o Home Assistant o tem; em geral {default}.",
		es: "Como lo tiene Home Assistant; normalmente {default}.",
		de: "Wie Home Assistant sie hat; üblich ist {default}.",
	},
	adminPassword: {
		en: "{min} to {max} characters; empty keeps what there is. Who listens on the network can try guesses: take a long one.",
		pt: "{min} a {max} caracteres; vazio mantém a atual. Quem escuta a rede pode testar palpites: use uma longa.",
		es: "De {min} a {max} caracteres; vacío conserva la actual. Quien escuche la red puede probar suposiciones: usa una larga.",
		de: "{min} bis {max} Zeichen; leer bleibt es beim bisherigen. Wer im Netz mithört, kann raten: ein langes nehmen.",
	},
	private: {
		en: "Gauges, history and API then ask for it.",
		pt: "Medidores, histórico e API passam a pedi-la.",
		es: "Los medidores, el historial y la API la piden entonces.",
		de: "Anzeigen, Verlauf und API fragen dann danach.",
	},
} satisfies Record<string, Row>;

/** What stands against a pin, beside its number. */
export const pinUseRows = {
	absent: { en: "not on this chip", pt: "não há neste chip", es: "no está en este chip", de: "hat dieser Chip nicht" },
	flash: { en: "flash", pt: "flash", es: "flash", de: "Flash" },
	usb: { en: "USB", pt: "USB", es: "USB", de: "USB" },
	console: { en: "serial console", pt: "console serial", es: "consola serie", de: "serielle Konsole" },
	input: { en: "input only", pt: "só entrada", es: "solo entrada", de: "nur Eingang" },
	strapping: {
		en: "decides how the chip boots: a sensor may keep it from starting",
		pt: "decide como o chip inicia: um sensor pode impedir o início",
		es: "decide cómo arranca el chip: un sensor puede impedirlo",
		de: "bestimmt, wie der Chip startet: Ein Sensor kann das verhindern",
	},
	psram: {
		en: "taken on modules with PSRAM",
		pt: "ocupado em módulos com PSRAM",
		es: "ocupado en módulos con PSRAM",
		de: "auf Modulen mit PSRAM belegt",
	},
	otg: {
		en: "taken where USB is used",
		pt: "ocupado onde se usa USB",
		es: "ocupado donde se usa USB",
		de: "belegt, wo USB benutzt wird",
	},
	rare: {
		en: "few boards lead it out",
		pt: "poucas placas o têm",
		es: "pocas placas lo sacan",
		de: "führen wenige Platinen heraus",
	},
} satisfies Record<PinUse, Row>;
