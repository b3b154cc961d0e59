import type { Row } from "../languages.js";

/** What both form pages say: headings, access, and how a change went. */
export const pageRows = {
	settings: { en: "Settings", pt: "Configurações", es: "Ajustes", de: "Einstellungen" },
	setup: {
		en: "Wi-Fi set-up",
		pt: "Configuração do Wi-Fi",
		es: "Configuración del Wi-Fi",
		de: "WLAN einrichten",
	},
	gauges: { en: "Gauges", pt: "Medidores", es: "Medidores", de: "Anzeigen" },
	language: {
		en: "Language of the page",
		pt: "Idioma da página",
		es: "Idioma de la página",
		de: "Sprache der Seite",
	},
	password: {
		en: "Password of this device",
		pt: "Senha deste aparelho",
		es: "Contraseña de este dispositivo",
		de: "Passwort dieses Geräts",
	},
	access: { en: "Access", pt: "Acesso", es: "Acceso", de: "Zugang" },
	adminPassword: {
		en: "New password for changes",
		pt: "Nova senha para mudanças",
		es: "Nueva contraseña para los cambios",
		de: "Neues Passwort für Änderungen",
	},
	adminPasswordHint: {
		en: "8 to 64 characters; empty keeps what there is. Who listens on the network can try guesses: take a long one.",
		pt: "8 a 64 caracteres; vazio mantém a atual. Quem escuta a rede pode testar palpites: use uma longa.",
		es: "De 8 a 64 caracteres; vacío conserva la actual. Quien escuche la red puede probar suposiciones: usa una larga.",
		de: "8 bis 64 Zeichen; leer bleibt es beim bisherigen. Wer im Netz mithört, kann raten: ein langes nehmen.",
	},
	save: { en: "Save", pt: "Salvar", es: "Guardar", de: "Speichern" },
	signIn: { en: "Sign in", pt: "Entrar", es: "Entrar", de: "Anmelden" },
	signInHint: {
		en: "This device is private.",
		pt: "Este aparelho é privado.",
		es: "Este dispositivo es privado.",
		de: "Dieses Gerät ist privat.",
	},
	locked: {
		en: "No password is set yet. Press the device's BOOT button briefly, or, without a button, reset it three times within ten seconds: then it can be set here for three minutes.",
		pt: "Ainda não há senha. Aperte brevemente o botão BOOT do aparelho ou, sem botão, reinicie-o três vezes em dez segundos: então ela pode ser definida aqui por três minutos.",
		es: "Aún no hay contraseña. Pulsa brevemente el botón BOOT del dispositivo o, si no tiene, reinícialo tres veces en diez segundos: entonces se puede definir aquí durante tres minutos.",
		de: "Es ist noch kein Passwort gesetzt. Die BOOT-Taste des Geräts kurz drücken oder es, ohne Taste, dreimal in zehn Sekunden zurücksetzen: Dann lässt es sich hier drei Minuten lang setzen.",
	},
	setupOpen: {
		en: "No password is set yet, and set-up is open to everybody in this network. Choose a password: that closes it.",
		pt: "Ainda não há senha, e a configuração está aberta para todos nesta rede. Escolha uma senha: isso a fecha.",
		es: "Aún no hay contraseña, y la configuración está abierta a todos en esta red. Elige una contraseña: eso la cierra.",
		de: "Es ist noch kein Passwort gesetzt, und die Einrichtung steht allen in diesem Netz offen. Ein Passwort wählen: Das schließt sie.",
	},
	closesIn: { en: "It closes in ", pt: "Ela fecha em ", es: "Se cierra en ", de: "Sie schließt in " },
	ownComputer: {
		en: "No password is set yet. You are the owner at this computer; choose a password before others can reach it.",
		pt: "Ainda não há senha. Neste computador, o dono é você; escolha uma senha antes que outros o alcancem.",
		es: "Aún no hay contraseña. En este ordenador eres el dueño; elige una contraseña antes de que otros lleguen a él.",
		de: "Es ist noch kein Passwort gesetzt. An diesem Computer gilt jeder als Besitzer; ein Passwort wählen, bevor andere ihn erreichen.",
	},
	lostPassword: {
		en: "This device is private, and its password is lost. Hold its BOOT button for five seconds, then join its access point.",
		pt: "Este aparelho é privado e perdeu a senha. Segure o botão BOOT por cinco segundos e entre no ponto de acesso dele.",
		es: "Este dispositivo es privado y perdió su contraseña. Mantén su botón BOOT cinco segundos y únete a su punto de acceso.",
		de: "Dieses Gerät ist privat, und sein Passwort ist verloren. Die BOOT-Taste fünf Sekunden halten, dann mit seinem Zugangspunkt verbinden.",
	},
	unprotected: {
		en: "No password is set yet. Choose one: without it nothing can be changed once the access point is closed.",
		pt: "Ainda não há senha. Escolha uma: sem ela nada pode ser mudado depois que o ponto de acesso fechar.",
		es: "Aún no hay contraseña. Elige una: sin ella no se puede cambiar nada una vez cerrado el punto de acceso.",
		de: "Es ist noch kein Passwort gesetzt. Eines wählen: Ohne lässt sich nichts ändern, sobald der Zugangspunkt geschlossen ist.",
	},
	rejected: { en: "Not saved: ", pt: "Não salvo: ", es: "No se guardó: ", de: "Nicht gespeichert: " },
	notAllowed: { en: "not allowed", pt: "valor não permitido", es: "valor no permitido", de: "Wert nicht erlaubt" },
	wrongPassword: {
		en: "The password is wrong.",
		pt: "A senha está errada.",
		es: "La contraseña es incorrecta.",
		de: "Das Passwort ist falsch.",
	},
	needPassword: {
		en: "Give the password.",
		pt: "Informe a senha.",
		es: "Escribe la contraseña.",
		de: "Das Passwort eingeben.",
	},
	tooMany: {
		en: "Too many wrong passwords: wait a minute.",
		pt: "Senhas erradas demais: espere um minuto.",
		es: "Demasiadas contraseñas incorrectas: espera un minuto.",
		de: "Zu viele falsche Passwörter: eine Minute warten.",
	},
	unreachable: {
		en: "The device does not respond.",
		pt: "O aparelho não responde.",
		es: "El dispositivo no responde.",
		de: "Das Gerät antwortet nicht.",
	},
} satisfies Record<string, Row>;
