import type { Row } from "../languages.js";

/** Strings of the Wi-Fis and of the address by hand. */
export const wifiRows = {
	wifi: { en: "Wi-Fi", pt: "Wi-Fi", es: "Wi-Fi", de: "WLAN" },
	wifiHint: {
		en: "Up to three networks. The one that worked last is joined first, then the strongest in reach, then the others. A saved password is shown as dots; leave it so to keep it. On the Wi-Fi set-up page one is tried before it is kept.",
		pt: "Até três redes. Primeiro a última que funcionou, depois a mais forte ao alcance, depois as outras. Uma senha salva aparece como pontos; deixe assim para mantê-la. Na página de configuração do Wi-Fi uma rede é testada antes de ser guardada.",
		es: "Hasta tres redes. Primero la última que funcionó, luego la más fuerte al alcance, luego las demás. Una contraseña guardada aparece como puntos; déjala así para conservarla. En la página de configuración del Wi-Fi se prueba una red antes de guardarla.",
		de: "Bis zu drei Netze. Zuerst kommt das, das zuletzt funktioniert hat, dann das stärkste in Reichweite, dann die anderen. Ein gespeichertes Passwort erscheint als Punkte; so lassen, um es zu behalten. Auf der Seite der WLAN-Einrichtung wird ein Netz ausprobiert, bevor es bleibt.",
	},
	networksKept: {
		en: "The device keeps its other networks, three in all. A fourth one replaces that which has not worked for longest.",
		pt: "O aparelho mantém as outras redes, três ao todo. Uma quarta substitui a que há mais tempo não funciona.",
		es: "El dispositivo conserva sus otras redes, tres en total. Una cuarta sustituye a la que lleva más tiempo sin funcionar.",
		de: "Das Gerät behält seine anderen Netze, drei im Ganzen. Ein viertes ersetzt das, das am längsten nicht funktioniert hat.",
	},
	address: {
		en: "Address by hand, like 192.168.1.50/24; empty for DHCP",
		pt: "Endereço manual, como 192.168.1.50/24; vazio para DHCP",
		es: "Dirección manual, como 192.168.1.50/24; vacía para DHCP",
		de: "Adresse von Hand, wie 192.168.1.50/24; leer für DHCP",
	},
	gateway: {
		en: "Gateway, for an address by hand",
		pt: "Gateway, para um endereço manual",
		es: "Puerta de enlace, para una dirección manual",
		de: "Gateway, für eine Adresse von Hand",
	},
	dns: {
		en: "DNS server; empty for the gateway",
		pt: "Servidor DNS; vazio para o gateway",
		es: "Servidor DNS; vacío para la puerta de enlace",
		de: "DNS-Server; leer für das Gateway",
	},
	byFallback: {
		en: "Nothing responded under the address by hand: DHCP gave another one, until the next start.",
		pt: "Nada respondeu no endereço manual: o DHCP deu outro, até o próximo início.",
		es: "Nada respondió en la dirección manual: DHCP dio otra, hasta el próximo arranque.",
		de: "Unter der Adresse von Hand antwortete nichts: DHCP gab eine andere, bis zum nächsten Start.",
	},
} satisfies Record<string, Row>;
