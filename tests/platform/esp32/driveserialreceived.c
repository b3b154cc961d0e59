/*
 * Drives what the ESP32 receives on its serial console on a make-believe chip: interrupts, a queue that is full, a program that is
 * busy. Built and run by serial.node.test.ts.
 */

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define CHECK(condition) ((condition) ? (void)0 : (fprintf(stderr, "line %d: %s\n", __LINE__, #condition), exit(1)))

/* --- ESP-IDF --- */

#define BIT(n) (1u << (n))
#define USB_SERIAL_JTAG_EP1_REG 0
#define USB_SERIAL_JTAG_EP1_CONF_REG 1
#define USB_SERIAL_JTAG_INT_CLR_REG 2
#define USB_SERIAL_JTAG_INT_ENA_REG 3
#define USB_SERIAL_JTAG_SERIAL_OUT_EP_DATA_AVAIL BIT(2)
#define USB_SERIAL_JTAG_SERIAL_OUT_RECV_PKT_INT_CLR BIT(2)
#define USB_SERIAL_JTAG_SERIAL_OUT_RECV_PKT_INT_ENA BIT(2)
#define ETS_UART0_INTR_SOURCE 0
#define ETS_USB_SERIAL_JTAG_INTR_SOURCE 1
#define UART_INTR_RXFIFO_FULL BIT(0)
#define UART_LL_INTR_MASK 0xff

typedef int esp_err_t;
#define ESP_OK 0
#define ESP_ERR_NOT_FOUND 0x105
typedef int portMUX_TYPE;
#define portMUX_INITIALIZER_UNLOCKED 0
static int locked;
#define portENTER_CRITICAL(lock) ((void)(lock), CHECK(locked++ == 0))
#define portEXIT_CRITICAL(lock) ((void)(lock), CHECK(--locked == 0))
#define portENTER_CRITICAL_ISR portENTER_CRITICAL
#define portEXIT_CRITICAL_ISR portEXIT_CRITICAL

typedef struct { uint8_t bytes[256]; uint32_t length; bool isEnabled; void (*isr)(void *); } Line;
static Line lines[2];
/* Interrupts that can still be had. */
static int interrupts;

static uint8_t shift(Line *line)
{
	uint8_t first = line->bytes[0];
	CHECK(line->length > 0);
	memmove(line->bytes, line->bytes + 1, --line->length);
	return first;
}
static esp_err_t esp_intr_alloc(int source, int flags, void (*isr)(void *), void *it, void *handle)
{
	CHECK(!flags && !it && !handle && !lines[source].isr);
	if (interrupts-- <= 0)
		return ESP_ERR_NOT_FOUND;
	lines[source].isr = isr;
	return ESP_OK;
}

#define UART0 lines[0]
static inline uint32_t uart_ll_get_rxfifo_len(Line *line) { return line->length; }
static inline void uart_ll_read_rxfifo(Line *line, uint8_t *bytes, uint32_t length)
{
	while (length--)
		*bytes++ = shift(line);
}
static inline void uart_ll_rxfifo_rst(Line *line) { line->length = 0; }
static inline void uart_ll_set_rxfifo_full_thr(Line *line, int threshold) { (void)line; CHECK(threshold == 1); }
static inline void uart_ll_clr_intsts_mask(Line *line, uint32_t mask) { (void)line; (void)mask; }
static inline void uart_ll_ena_intr_mask(Line *line, uint32_t mask) { line->isEnabled = mask == UART_INTR_RXFIFO_FULL; }

static inline uint32_t REG_READ(int address)
{
	if (address == USB_SERIAL_JTAG_EP1_REG)
		return shift(&lines[1]);
	return lines[1].length > 0 ? USB_SERIAL_JTAG_SERIAL_OUT_EP_DATA_AVAIL : 0;
}
static inline void REG_WRITE(int address, uint32_t value) { (void)value; CHECK(address == USB_SERIAL_JTAG_INT_CLR_REG); }
static inline void REG_SET_BIT(int address, uint32_t bit)
{
	CHECK(address == USB_SERIAL_JTAG_INT_ENA_REG && bit == USB_SERIAL_JTAG_SERIAL_OUT_RECV_PKT_INT_ENA);
	lines[1].isEnabled = true;
}

#ifdef CONFIG_ESP_CONSOLE_UART
#define HAS_UART true
#else
#define HAS_UART false
#endif
#ifdef SOC_USB_SERIAL_JTAG_SUPPORTED
#define HAS_USB true
#else
#define HAS_USB false
#endif

/* --- XS --- */

#define c_memcpy memcpy
typedef struct { int unused; } xsMachine;
/* A number, or `buffer`. */
typedef struct { int number; } xsSlot;
#define xsUndefinedType 0
static xsSlot argument, result, vars[3];
static const xsSlot xsUndefined;
static uint8_t buffer[512];
static uint32_t bufferLength;
#define xsArg(index) argument
#define xsVar(index) vars[index]
#define xsResult result
#define xsmcTypeOf(slot) ((slot).number)
#define xsmcSetBoolean(slot, value) ((slot).number = (value))
#define xsmcSetInteger(slot, value) ((slot).number = (value))
#define xsmcSetArrayBuffer(slot, from, length) ((void)(slot), memcpy(buffer, from, bufferLength = (length)))
#define xsmcVars(count) ((void)(count))
#define xsBeginHost(the) ((void)(the))
#define xsEndHost(the) ((void)(the))
static int remembered;
#define xsRemember(slot) ((void)(slot), remembered++)
#define xsForget(slot) ((void)(slot), remembered--)
#define xsUnknownError(...) (isRefused = true)
static bool isRefused;

/* What JavaScript got. */
static uint8_t got[100000];
static uint32_t gotLength, gotLost;
static void called(xsSlot function, int lost)
{
	CHECK(function.number == 7 && !locked);
	memcpy(got + gotLength, buffer, bufferLength);
	gotLength += bufferLength;
	gotLost += lost;
}
#define xsCallFunction2(function, self, first, second) ((void)(self), (void)(first), called(function, (second).number))

static void (*posted)(void *, void *, uint8_t *, uint16_t);
static bool isQueueFull;
static int modMessagePostToMachineFromISR(xsMachine *the, void (*callback)(void *, void *, uint8_t *, uint16_t), void *it)
{
	(void)the;
	CHECK(!it && !posted && !locked);
	if (isQueueFull)
		return -1;
	posted = callback;
	return 0;
}

#include "serialreceived.c"

static xsMachine machineOfXS;

static void listen(int callback)
{
	argument.number = callback;
	xs_serial_listen(&machineOfXS);
	CHECK(remembered == (callback ? 1 : 0));
}

static void runXS(void)
{
	if (!posted)
		return;
	void (*callback)(void *, void *, uint8_t *, uint16_t) = posted;
	posted = NULL;
	callback(&machineOfXS, NULL, NULL, 0);
}

static void arrive(int source, const uint8_t *from, uint32_t length)
{
	Line *line = &lines[source];
	memcpy(line->bytes + line->length, from, length);
	line->length += length;
	if (line->isEnabled)
		line->isr(NULL);
}

#if RECEIVES
static void deliversInOrder(int source)
{
	static uint8_t sent[100000];
	uint32_t length = 0;
	gotLength = gotLost = 0;
	srand(source);
	while (length < sizeof(sent) - 64) {
		uint32_t count = rand() % 64 + 1;
		for (uint32_t at = 0; at < count; at++)
			sent[length + at] = rand();
		arrive(source, sent + length, count);
		length += count;
		/* The ring holds what is left of it. */
		if (rand() % 3 == 0 || received.length > MAX_BYTES - 64)
			runXS();
	}
	runXS();
	CHECK(gotLost == 0 && gotLength == length && !memcmp(got, sent, length));
}

static void countsWhatIsLost(int source)
{
	uint8_t from[64] = {0};
	gotLength = gotLost = 0;
	for (int count = 0; count < 10; count++)
		arrive(source, from, 64);
	runXS();
	CHECK(gotLength == MAX_BYTES && gotLost == 640 - MAX_BYTES);
	arrive(source, from, 1);
	runXS();
	CHECK(gotLength == MAX_BYTES + 1 && gotLost == 640 - MAX_BYTES);
}

static void outlastsAFullQueue(int source)
{
	gotLength = gotLost = 0;
	isQueueFull = true;
	arrive(source, (const uint8_t *)"one", 3);
	runXS();
	CHECK(gotLength == 0);
	isQueueFull = false;
	arrive(source, (const uint8_t *)"two", 3);
	runXS();
	CHECK(gotLength == 6 && !memcmp(got, "onetwo", 6));
}

static void forgets(int source)
{
	gotLength = gotLost = 0;
	arrive(source, (const uint8_t *)"late", 4);
	listen(0);
	runXS();
	arrive(source, (const uint8_t *)"more", 4);
	runXS();
	CHECK(gotLength == 0);
	listen(7);
	arrive(source, (const uint8_t *)"again", 5);
	runXS();
	CHECK(gotLength == 5 && !memcmp(got, "again", 5));
}
#endif

int main(void)
{
	xs_serial_receives(&machineOfXS);
#if mxDebug
	CHECK(!result.number);
	argument.number = 7;
	xs_serial_listen(&machineOfXS);
	CHECK(!remembered && !lines[0].isr && !lines[1].isr);
	(void)listen;
	(void)runXS;
	(void)arrive;
	(void)shift;
	(void)called;
	(void)vars;
#else
	CHECK(result.number);
	lines[0].length = 5;
	interrupts = 2;
	listen(7);
	CHECK(!isRefused && lines[0].isEnabled == HAS_UART && lines[1].isEnabled == HAS_USB);
	for (int source = 0; source < 2; source++) {
		if (!lines[source].isEnabled)
			continue;
		deliversInOrder(source);
		countsWhatIsLost(source);
		outlastsAFullQueue(source);
		forgets(source);
	}
	/* Without a free interrupt. */
	lines[0] = lines[1] = (Line){0};
	machine = NULL;
	interrupts = 0;
	listen(7);
	CHECK(isRefused && !lines[0].isEnabled && !lines[1].isEnabled);
#endif
	puts("passed");
	return 0;
}
