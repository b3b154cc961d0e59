/*
 * Drives the ESP32's native console on a make-believe chip: what arrives on which line, what outlasts a reset, and how long
 * a line without a listener keeps the program. Built and run by serial.node.test.ts.
 */

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define CHECK(condition) ((condition) ? (void)0 : (fprintf(stderr, "line %d: %s\n", __LINE__, #condition), exit(1)))

/* --- ESP-IDF --- */

#define RTC_NOINIT_ATTR
#define BIT(n) (1u << (n))
#define USB_SERIAL_JTAG_EP1_REG 0
#define USB_SERIAL_JTAG_EP1_CONF_REG 1
#define USB_SERIAL_JTAG_WR_DONE BIT(0)
#define USB_SERIAL_JTAG_SERIAL_IN_EP_DATA_FREE BIT(1)

static char uart[8192], usb[8192], debugger[8192];
/* Bytes that wait for the host, which takes them after a millisecond if there is one. */
static int waiting;
static int flushes;
static bool hasHost;
static uint32_t waited;

static void append(char *line, char character)
{
	size_t length = strlen(line);
	if (length < 8191)
		line[length] = character;
}
static void esp_rom_delay_us(uint32_t us)
{
	waited += us;
	if (hasHost && waited % 1000 == 0)
		waiting = 0;
}
static uint32_t REG_READ(int address)
{
	CHECK(address == USB_SERIAL_JTAG_EP1_CONF_REG);
	return waiting < 64 ? USB_SERIAL_JTAG_SERIAL_IN_EP_DATA_FREE : 0;
}
static void REG_WRITE(int address, uint32_t value)
{
	if (address == USB_SERIAL_JTAG_EP1_CONF_REG) {
		/* Given at once, this would be ignored: the host would wait for more. */
		CHECK(waiting < 64);
		flushes++;
		return;
	}
	CHECK(waiting++ < 64);
	append(usb, value);
}
static void esp_rom_output_tx_one_char(char character)
{
	append(uart, character);
}
static void ESP_putc(int character)
{
	append(debugger, character);
}
/* Any checksum does. */
static uint32_t esp_rom_crc32_le(uint32_t sum, const uint8_t *bytes, uint32_t length)
{
	while (length--)
		sum = sum * 31 + *bytes++;
	return sum;
}

/* --- XS --- */

#define c_strlen strlen
#define c_memmove memmove
#define c_memcpy memcpy
typedef struct { char text[1024]; } xsMachine;
static const char *argument;
static char result[1024];
static size_t resultLength;
#define xsArg(index) argument
#define xsmcToString(slot) (slot)
#define xsResult result
typedef uint32_t xsUnsignedValue;
#define xsmcGetBufferReadable(slot, bytes, length) (*(bytes) = (void *)(slot), *(length) = argumentLength)
static uint32_t argumentLength;
static void xsmcSetStringBuffer(char *slot, const char *text, size_t length)
{
	memcpy(slot, text, length);
	resultLength = length;
	slot[length] = 0;
}

#include "serial.c"

static void print(const char *line)
{
	xsMachine the;
	argument = line;
	xs_serial_print(&the);
}
static void writeBytes(const char *bytes, uint32_t length)
{
	xsMachine the;
	argument = bytes;
	argumentLength = length;
	xs_serial_write(&the);
}
static const char *earlier(void)
{
	xsMachine the;
	xs_serial_takeEarlier(&the);
	return result;
}

/* What is in RTC memory after the loss of power is anything. */
static void losePower(unsigned seed)
{
	srand(seed);
	for (size_t at = 0; at < sizeof(notes); at++)
		((uint8_t *)&notes)[at] = rand();
}

static void keepsTheNewest(void)
{
	char line[600];
	print("a");
	print("b \xc2\xb0""C");
	CHECK(!strcmp(earlier(), "a\nb \xc2\xb0""C\n"));
	CHECK(!strcmp(earlier(), ""));
	for (int count = 0; count < 1000; count++) {
		snprintf(line, sizeof(line), "%0*d", count % 90 + 4, count);
		print(line);
		CHECK(notes.length <= MAX_BYTES && notes.text[notes.length - 1] == '\n');
	}
	earlier();
	CHECK(resultLength > MAX_BYTES - 100 && !strcmp(result + resultLength - 5, "0999\n"));
	/* A letter of two bytes is not cut. */
	for (int first = 0; first < 2; first++) {
		memset(line, 0, sizeof(line));
		for (int at = first; at < 598; at += 2)
			memcpy(line + at, "\xc2\xb0", 2);
		if (first)
			line[0] = 'x';
		print(line);
		earlier();
		CHECK(resultLength >= MAX_BYTES - 1 && result[resultLength - 1] == '\n' && (uint8_t)result[resultLength - 2] == 0xb0);
	}
}

static void survivesAnything(void)
{
	for (unsigned seed = 0; seed < 10000; seed++) {
		losePower(seed);
		if (seed % 2)
			CHECK(!strcmp(earlier(), ""));
		print("up");
		CHECK(!strcmp(earlier(), "up\n"));
	}
	print("whole");
	for (size_t at = 0; at < 12 + 6; at++) {
		((uint8_t *)&notes)[at] ^= 0x10;
		CHECK(!notesAreWhole());
		((uint8_t *)&notes)[at] ^= 0x10;
	}
	CHECK(!strcmp(earlier(), "whole\n"));
}

static void waitsForNobodyTwice(void)
{
	const char *line = "dht: http://192.0.2.7/, said over and over on a line that nobody listens to";
	memset(usb, 0, sizeof(usb));
	hasHost = false;
	waited = waiting = 0;
	for (int count = 0; count < 100; count++)
		print(line);
	CHECK(waited <= 2000);
	hasHost = true;
	waiting = 0;
	memset(usb, 0, sizeof(usb));
	print(line);
#if SOC_USB_SERIAL_JTAG_SUPPORTED && !mxDebug
	CHECK(!strncmp(usb, line, strlen(line)));
#else
	CHECK(!usb[0]);
#endif
}

/* Between two lines, as they are, and not among the lines that are kept. */
static void writesBytes(void)
{
	memset(uart, 0, sizeof(uart));
	memset(usb, 0, sizeof(usb));
	earlier();
	print("one");
	writeBytes("\nIMPROV\1\n", 9);
	print("two");
#if !mxDebug && CONFIG_ESP_CONSOLE_UART
	CHECK(!strcmp(uart, "one\r\n\nIMPROV\1\ntwo\r\n"));
#endif
#if !mxDebug && SOC_USB_SERIAL_JTAG_SUPPORTED
	CHECK(!strcmp(usb, "one\r\n\nIMPROV\1\ntwo\r\n"));
#endif
	CHECK(!strcmp(earlier(), "one\ntwo\n"));
}

/* A host waits for more after a packet of 64 bytes. */
static void endsPacketsOf64(void)
{
#if !mxDebug && SOC_USB_SERIAL_JTAG_SUPPORTED
	char bytes[64] = {0};
	hasHost = true;
	waiting = flushes = 0;
	writeBytes(bytes, 64);
	CHECK(flushes == 1 && waiting == 0);
#endif
}

int main(void)
{
	hasHost = true;
	losePower(1);
	print("hello");
#if mxDebug
	CHECK(!strcmp(debugger, "hello\r\n") && !uart[0] && !usb[0]);
#else
	CHECK(!debugger[0]);
#if CONFIG_ESP_CONSOLE_UART
	CHECK(!strcmp(uart, "hello\r\n"));
#endif
#if SOC_USB_SERIAL_JTAG_SUPPORTED
	CHECK(!strcmp(usb, "hello\r\n"));
#endif
#endif
	memset(uart, 0, sizeof(uart));
	earlier();
	writesBytes();
	endsPacketsOf64();
	waitsForNobodyTwice();
	earlier();
	survivesAnything();
	keepsTheNewest();
	puts("passed");
	return 0;
}
