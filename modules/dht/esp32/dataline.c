/*
 * The data line of a single-wire sensor: an open-drain pin whose edges the RMT receiver times.
 *
 *        hold()       listen()                                                              stop()
 *        v            v                                                                     v
 *   ‾‾‾‾‾\             /‾‾‾‾‾‾‾\          /‾‾‾‾‾‾‾‾‾‾\       /‾‾‾‾\       /‾‾‾‾‾‾‾  …  \       /‾‾‾‾‾‾‾‾
 *         \___________/         \________/            \_____/      \_____/             \_____/
 *          0.5 to 20 ms  20-200     80          80      50    26     50     70           50    over 1 ms
 *          start pulse   release    response            bit: 0       bit: 1    40 or 64  final  ends the
 *                        high       low       high                             bits      low    capture
 *                       |<------------------ pulses, µs, alternating from high --------------->|
 *
 * Typical widths of the AM2302 manual. The receiver is armed while the pin is still held low, as the response may come 20 µs
 * after its release. Hardware alone times the pulses, whatever interrupts and tasks do meanwhile.
 */

#include "xsmc.h"
#include "xsHost.h"
#include "mc.xs.h"
#include "builtinCommon.h"

#include "driver/gpio.h"
#include "driver/rmt_rx.h"
#include "esp_heap_caps.h"
#include "esp_rom_sys.h"

/*
 * An AM2301 sends 66 symbols, a high and a low each, and the end takes one more. Two memory blocks hold them on every chip.
 * The ESP32 and S2 (64 symbols a block) cannot reuse a block while it fills. The S3, C3 and C6 (48 a block) can, but an
 * interrupt that a flash write delays would then lose symbols.
 */
#define SYMBOLS (2 * SOC_RMT_MEM_WORDS_PER_CHANNEL)

/* The longest busy wait, µs. */
#define MAX_WAIT 2000

typedef struct {
	gpio_num_t pin;
	/* NULL between reads, so that sensors read in turn share the chip's few receivers. */
	rmt_channel_handle_t receiver;
	/* Symbols received; 0 until the capture ended by itself. The interrupt writes it. */
	volatile size_t received;
	/* A symbol is two halves, the earlier first: the level in bit 15, its duration in µs below. */
	union {
		rmt_symbol_word_t symbols[SYMBOLS];
		uint16_t halves[2 * SYMBOLS];
	};
} DataLine;

static bool onReceived(rmt_channel_handle_t receiver, const rmt_rx_done_event_data_t *event, void *it)
{
	(void)receiver;
	((DataLine *)it)->received = event->num_symbols;
	return false;
}

/* A receiver that does not stop is kept for the next attempt. */
static esp_err_t releaseReceiver(DataLine *dataLine)
{
	if (!dataLine->receiver)
		return ESP_OK;
	/* Deleting fails if disabling did. */
	rmt_disable(dataLine->receiver);
	esp_err_t error = rmt_del_channel(dataLine->receiver);
	if (!error)
		dataLine->receiver = NULL;
	return error;
}

static esp_err_t takeReceiver(DataLine *dataLine)
{
	const rmt_rx_channel_config_t config = {
		.gpio_num = dataLine->pin,
		.clk_src = RMT_CLK_SRC_DEFAULT,
		.resolution_hz = 1000000,
		.mem_block_symbols = SYMBOLS,
	};
	const rmt_rx_event_callbacks_t callbacks = { .on_recv_done = onReceived };
	esp_err_t error = rmt_new_rx_channel(&config, &dataLine->receiver);
	if (error)
		return error;
	error = rmt_rx_register_event_callbacks(dataLine->receiver, &callbacks, dataLine);
	if (!error)
		error = rmt_enable(dataLine->receiver);
	if (error)
		releaseReceiver(dataLine);
	return error;
}

/* Turns the halves, from the first high up to the end mark, into durations in place. Returns their number. */
static size_t durations(uint16_t *halves, size_t count)
{
	size_t first = halves[0] >> 15 ? 0 : 1, i;
	for (i = first; i < count && (halves[i] & 0x7FFF); i++)
		halves[i - first] = halves[i] & 0x7FFF;
	return i - first;
}

void xs_dataline_destructor(void *it)
{
	DataLine *dataLine = it;
	if (!dataLine)
		return;
	esp_err_t error = releaseReceiver(dataLine);
	gpio_reset_pin(dataLine->pin);
	builtinFreePin(dataLine->pin);
	/* A receiver that did not stop may still write here: its memory is not freed. */
	if (!error)
		heap_caps_free(dataLine);
}

/* new DataLine({ pin }) */
void xs_dataline_constructor(xsMachine *the)
{
	xsmcVars(1);
	xsmcGet(xsVar(0), xsArg(0), xsID_pin);
	gpio_num_t pin = (gpio_num_t)builtinGetPin(the, &xsVar(0));
	if (!GPIO_IS_VALID_OUTPUT_GPIO(pin))
		xsRangeError("no such output pin");
	if (!builtinIsPinFree(pin))
		xsRangeError("pin in use");
	DataLine *dataLine = heap_caps_calloc(1, sizeof(DataLine), MALLOC_CAP_INTERNAL | MALLOC_CAP_8BIT);
	if (!dataLine)
		xsUnknownError("no memory");
	dataLine->pin = pin;

	const gpio_config_t config = {
		.pin_bit_mask = 1ULL << pin,
		.mode = GPIO_MODE_INPUT_OUTPUT_OD,
		.pull_up_en = GPIO_PULLUP_ENABLE,
	};
	esp_err_t error = gpio_set_level(pin, 1);
	if (!error)
		error = gpio_config(&config);
	if (error) {
		gpio_reset_pin(pin);
		heap_caps_free(dataLine);
		xsUnknownError("pin not configured: %d", error);
	}
	builtinUsePin(pin);
	xsmcSetHostData(xsThis, dataLine);
}

static DataLine *thisDataLine(xsMachine *the)
{
	DataLine *dataLine = xsmcGetHostDataValidate(xsThis, xs_dataline_destructor);
	if (!dataLine)
		xsUnknownError("closed");
	return dataLine;
}

/* hold(): takes a receiver and pulls the pin low. */
void xs_dataline_hold(xsMachine *the)
{
	DataLine *dataLine = thisDataLine(the);
	if (dataLine->receiver)
		xsUnknownError("held already");
	esp_err_t error = takeReceiver(dataLine);
	if (error)
		xsUnknownError("no receiver: %d", error);
	error = gpio_set_level(dataLine->pin, 0);
	if (error) {
		releaseReceiver(dataLine);
		xsUnknownError("not held: %d", error);
	}
}

/* listen(waitUs): after `waitUs` of busy waiting arms the receiver and releases the pin. */
void xs_dataline_listen(xsMachine *the)
{
	const rmt_receive_config_t config = { .signal_range_min_ns = 1000, .signal_range_max_ns = 1000000 };
	DataLine *dataLine = thisDataLine(the);
	int waitUs = xsmcToInteger(xsArg(0));
	if (waitUs < 0 || waitUs > MAX_WAIT)
		xsRangeError("wait too long");
	if (!dataLine->receiver)
		xsUnknownError("not held");
	dataLine->received = 0;
	esp_rom_delay_us(waitUs);
	esp_err_t error = rmt_receive(dataLine->receiver, dataLine->symbols, sizeof(dataLine->symbols), &config);
	esp_err_t released = gpio_set_level(dataLine->pin, 1);
	if (error || released)
		xsUnknownError("not armed: %d", error ? error : released);
}

/* stop(): gives the receiver back. Returns the pulses as an ArrayBuffer of 16-bit µs, empty if the capture has not ended. */
void xs_dataline_stop(xsMachine *the)
{
	DataLine *dataLine = thisDataLine(the);
	esp_err_t error = releaseReceiver(dataLine);
	if (error)
		xsUnknownError("receiver not released: %d", error);
	size_t pulses = durations(dataLine->halves, 2 * dataLine->received);
	dataLine->received = 0;
	xsmcSetArrayBuffer(xsResult, dataLine->halves, pulses * sizeof(uint16_t));
}

/* level: 0 or 1. */
void xs_dataline_level(xsMachine *the)
{
	xsmcSetInteger(xsResult, gpio_get_level(thisDataLine(the)->pin));
}

void xs_dataline_close(xsMachine *the)
{
	DataLine *dataLine = xsmcGetHostDataValidate(xsThis, xs_dataline_destructor);
	xsmcSetHostData(xsThis, NULL);
	xs_dataline_destructor(dataLine);
}
