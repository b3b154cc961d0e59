/*
 * What arrives on the serial console in release builds: on UART0 and, where the chip has it, on its own USB. A debugger owns
 * the line of a debug build. Interrupts put the bytes of both into one ring, which the task of XS empties.
 */

#include "xsmc.h"
#include "xsHost.h"
#include "mc.xs.h"

#include "esp_intr_alloc.h"
#include "freertos/FreeRTOS.h"
#include "hal/uart_ll.h"
#include "soc/interrupts.h"
#include "soc/soc_caps.h"

#if !defined(mxDebug) && CONFIG_ESP_CONSOLE_UART
#define UART_CONSOLE 1
#endif
#if !defined(mxDebug) && SOC_USB_SERIAL_JTAG_SUPPORTED
#include "soc/usb_serial_jtag_reg.h"
#define USB_CONSOLE 1
#endif
#if UART_CONSOLE || USB_CONSOLE
#define RECEIVES 1
#else
#define RECEIVES 0
#endif

/* receives */
void xs_serial_receives(xsMachine *the)
{
	xsmcSetBoolean(xsResult, RECEIVES);
}

#if RECEIVES

/* What arrives in 22 ms at 115,200 baud. More is lost, and counted. The longest packet of Improv has 139. */
#define MAX_BYTES 256

/* Interrupts and the task of XS share it, under the lock. */
static struct {
	uint8_t bytes[MAX_BYTES];
	uint16_t length;
	uint32_t lost;
	/* Whether the task of XS has been told and has not come yet. */
	bool isPosted;
} received;
static portMUX_TYPE lock = portMUX_INITIALIZER_UNLOCKED;

/* Of the task of XS. */
static xsMachine *machine;
static xsSlot callback;
static bool isListening;

static void deliver(void *the, void *refcon, uint8_t *message, uint16_t messageLength)
{
	(void)refcon;
	(void)message;
	(void)messageLength;
	uint8_t bytes[MAX_BYTES];
	portENTER_CRITICAL(&lock);
	uint16_t length = received.length;
	uint32_t lost = received.lost;
	c_memcpy(bytes, received.bytes, length);
	received.length = 0;
	received.lost = 0;
	received.isPosted = false;
	portEXIT_CRITICAL(&lock);
	if (!isListening)
		return;
	xsBeginHost((xsMachine *)the);
	xsmcVars(3);
	xsVar(0) = callback;
	xsmcSetArrayBuffer(xsVar(1), bytes, length);
	xsmcSetInteger(xsVar(2), lost);
	xsCallFunction2(xsVar(0), xsUndefined, xsVar(1), xsVar(2));
	xsEndHost((xsMachine *)the);
}

/* In an interrupt. Where the queue of the task is full, it is told with the next bytes. */
static void take(const uint8_t *bytes, uint32_t length)
{
	portENTER_CRITICAL_ISR(&lock);
	for (uint32_t at = 0; at < length; at++)
		if (received.length < MAX_BYTES)
			received.bytes[received.length++] = bytes[at];
		else
			received.lost++;
	bool posts = !received.isPosted;
	received.isPosted = true;
	portEXIT_CRITICAL_ISR(&lock);
	if (posts && modMessagePostToMachineFromISR(machine, deliver, NULL) != 0)
		received.isPosted = false;
}

#if UART_CONSOLE
static void onUART(void *it)
{
	(void)it;
	uint8_t bytes[32];
	uint32_t length;
	while ((length = uart_ll_get_rxfifo_len(&UART0)) > 0) {
		if (length > sizeof(bytes))
			length = sizeof(bytes);
		uart_ll_read_rxfifo(&UART0, bytes, length);
		take(bytes, length);
	}
	uart_ll_clr_intsts_mask(&UART0, UART_INTR_RXFIFO_FULL);
}

/* With each byte: a packet is short, and nothing waits for the rest of a line. */
static esp_err_t listenToUART(void)
{
	uart_ll_rxfifo_rst(&UART0);
	uart_ll_set_rxfifo_full_thr(&UART0, 1);
	uart_ll_clr_intsts_mask(&UART0, UART_LL_INTR_MASK);
	esp_err_t error = esp_intr_alloc(ETS_UART0_INTR_SOURCE, 0, onUART, NULL, NULL);
	if (!error)
		uart_ll_ena_intr_mask(&UART0, UART_INTR_RXFIFO_FULL);
	return error;
}
#endif

#if USB_CONSOLE
static void onUSB(void *it)
{
	(void)it;
	uint8_t bytes[64];
	uint32_t length = 0;
	REG_WRITE(USB_SERIAL_JTAG_INT_CLR_REG, USB_SERIAL_JTAG_SERIAL_OUT_RECV_PKT_INT_CLR);
	while (length < sizeof(bytes) && (REG_READ(USB_SERIAL_JTAG_EP1_CONF_REG) & USB_SERIAL_JTAG_SERIAL_OUT_EP_DATA_AVAIL))
		bytes[length++] = REG_READ(USB_SERIAL_JTAG_EP1_REG);
	take(bytes, length);
}

static esp_err_t listenToUSB(void)
{
	REG_WRITE(USB_SERIAL_JTAG_INT_CLR_REG, USB_SERIAL_JTAG_SERIAL_OUT_RECV_PKT_INT_CLR);
	esp_err_t error = esp_intr_alloc(ETS_USB_SERIAL_JTAG_INTR_SOURCE, 0, onUSB, NULL, NULL);
	if (!error)
		REG_SET_BIT(USB_SERIAL_JTAG_INT_ENA_REG, USB_SERIAL_JTAG_SERIAL_OUT_RECV_PKT_INT_ENA);
	return error;
}
#endif

/* The interrupts stay once they are there. */
static void watch(xsMachine *the)
{
	if (machine)
		return;
	machine = the;
	esp_err_t error = ESP_OK;
#if UART_CONSOLE
	error = listenToUART();
#endif
#if USB_CONSOLE
	if (!error)
		error = listenToUSB();
#endif
	if (error)
		xsUnknownError("the serial line cannot be read: %d", error);
}

/* listen(onReceived) */
void xs_serial_listen(xsMachine *the)
{
	if (isListening)
		xsForget(callback);
	isListening = xsmcTypeOf(xsArg(0)) != xsUndefinedType;
	if (!isListening)
		return;
	callback = xsArg(0);
	xsRemember(callback);
	watch(the);
}

#else

/* listen(onReceived): nothing arrives. */
void xs_serial_listen(xsMachine *the)
{
	(void)the;
}

#endif
