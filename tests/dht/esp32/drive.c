/*
 * Drives the ESP32's native data line on a make-believe chip: every call into ESP-IDF can be made to fail, and after
 * every run all that was taken must have been given back. Built and run by dataline.node.test.ts, which puts empty
 * files in place of the SDK's headers: what they declare is here.
 */

#include <setjmp.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define CHECK(condition) \
	((condition) ? (void)0 : (fprintf(stderr, "line %d, failing call %d: %s\n", __LINE__, failing, #condition), exit(1)))

/* --- what is taken, and which call is to fail --- */

typedef int esp_err_t;
#define ESP_OK 0
#define ESP_FAIL -1

static int calls, failing;
static int memory, pins, channels, enabled;
static int line_level, line_mode, waited;

static esp_err_t attempt(void)
{
	return ++calls == failing ? ESP_FAIL : ESP_OK;
}

/* --- ESP-IDF --- */

typedef int gpio_num_t;
enum { GPIO_MODE_INPUT_OUTPUT_OD = 7, GPIO_PULLUP_ENABLE = 1, MALLOC_CAP_INTERNAL = 1, MALLOC_CAP_8BIT = 2 };
typedef struct { uint64_t pin_bit_mask; int mode, pull_up_en; } gpio_config_t;
#define GPIO_IS_VALID_OUTPUT_GPIO(pin) ((pin) >= 0 && (pin) < 34)

static esp_err_t gpio_set_level(gpio_num_t pin, int level)
{
	CHECK(pin == 4);
	esp_err_t error = attempt();
	if (!error)
		line_level = level;
	return error;
}
static esp_err_t gpio_config(const gpio_config_t *config)
{
	CHECK(line_level == 1 && config->pin_bit_mask == 1 << 4 && config->pull_up_en);
	esp_err_t error = attempt();
	if (!error)
		line_mode = config->mode;
	return error;
}
static void gpio_reset_pin(gpio_num_t pin)
{
	CHECK(pin == 4);
	line_level = 1;
	line_mode = 0;
}
static int gpio_get_level(gpio_num_t pin)
{
	CHECK(pin == 4);
	return line_level;
}
static void *heap_caps_calloc(size_t count, size_t size, int caps)
{
	CHECK(caps == (MALLOC_CAP_INTERNAL | MALLOC_CAP_8BIT));
	if (attempt())
		return NULL;
	memory++;
	return calloc(count, size);
}
static void heap_caps_free(void *it)
{
	memory--;
	free(it);
}
static void esp_rom_delay_us(uint32_t us)
{
	CHECK(line_level == 0);
	waited = us;
}

typedef union { uint32_t val; } rmt_symbol_word_t;
typedef struct Channel *rmt_channel_handle_t;
typedef struct { rmt_symbol_word_t *received_symbols; size_t num_symbols; } rmt_rx_done_event_data_t;
typedef bool (*Done)(rmt_channel_handle_t, const rmt_rx_done_event_data_t *, void *);
typedef struct { Done on_recv_done; } rmt_rx_event_callbacks_t;
typedef struct { int gpio_num, clk_src; uint32_t resolution_hz; size_t mem_block_symbols; } rmt_rx_channel_config_t;
typedef struct { uint32_t signal_range_min_ns, signal_range_max_ns; } rmt_receive_config_t;
#define RMT_CLK_SRC_DEFAULT 1

struct Channel {
	bool enabled;
	Done done;
	void *context;
	rmt_symbol_word_t *buffer;
	size_t capacity;
};
static struct Channel channel;

static esp_err_t rmt_new_rx_channel(const rmt_rx_channel_config_t *config, rmt_channel_handle_t *it)
{
	CHECK(channels == 0 && config->gpio_num == 4 && config->resolution_hz == 1000000);
	CHECK(config->mem_block_symbols > 66 && config->mem_block_symbols % SOC_RMT_MEM_WORDS_PER_CHANNEL == 0);
	if (attempt())
		return ESP_FAIL;
	channels++;
	channel = (struct Channel){ 0 };
	*it = &channel;
	return ESP_OK;
}
static esp_err_t rmt_rx_register_event_callbacks(rmt_channel_handle_t it, const rmt_rx_event_callbacks_t *callbacks, void *context)
{
	it->done = callbacks->on_recv_done;
	it->context = context;
	return attempt();
}
static esp_err_t rmt_enable(rmt_channel_handle_t it)
{
	esp_err_t error = attempt();
	if (!error)
		enabled++, it->enabled = true;
	return error;
}
static esp_err_t rmt_disable(rmt_channel_handle_t it)
{
	if (!it->enabled || attempt())
		return ESP_FAIL;
	enabled--, it->enabled = false;
	return ESP_OK;
}
static esp_err_t rmt_del_channel(rmt_channel_handle_t it)
{
	if (it->enabled || attempt())
		return ESP_FAIL;
	channels--;
	return ESP_OK;
}
static esp_err_t rmt_receive(rmt_channel_handle_t it, void *buffer, size_t size, const rmt_receive_config_t *config)
{
	CHECK(it->enabled && line_level == 0 && config->signal_range_max_ns > 200000);
	it->buffer = buffer;
	it->capacity = size / sizeof(rmt_symbol_word_t);
	return attempt();
}

/* --- XS --- */

typedef struct { int integer; void *data; size_t size; } xsSlot;
typedef struct { jmp_buf jump; xsSlot argument, result, self, variable; } xsMachine;
static xsMachine machine;
#define xsArg(i) (the->argument)
#define xsVar(i) (the->variable)
#define xsThis (the->self)
#define xsResult (the->result)
#define xsID_pin 0
#define xsmcVars(count) (void)0
#define xsmcGet(to, from, id) ((to) = (from))
#define xsmcToInteger(slot) ((slot).integer)
#define xsmcSetInteger(slot, value) ((slot).integer = (value))
#define xsmcSetHostData(slot, it) ((slot).data = (it))
#define xsmcGetHostDataValidate(slot, destructor) ((void)(destructor), (slot).data)
#define xsmcSetArrayBuffer(slot, it, bytes) ((slot).data = memcpy(malloc(bytes + 1), it, bytes), (slot).size = (bytes))
#define xsUnknownError(...) longjmp(the->jump, 1)
#define xsRangeError(...) longjmp(the->jump, 2)
#define builtinGetPin(the, slot) ((slot)->integer)
#define builtinIsPinFree(pin) (pins == 0)
#define builtinUsePin(pin) (pins++)
#define builtinFreePin(pin) (pins--)

#include "dataline.c"

/* --- the runs --- */

/* Returns 0, or which kind of error was thrown. */
static int call(void (*function)(xsMachine *), int argument)
{
	free(machine.result.data);
	memset(&machine.result, 0, sizeof(xsSlot));
	machine.argument.integer = argument;
	int thrown = setjmp(machine.jump);
	if (!thrown)
		function(&machine);
	return thrown;
}

/* The sensor's answer: halves as the receiver stores them, the end mark included. */
static void answer(const uint16_t *halves, size_t symbols)
{
	if (symbols > channel.capacity)
		symbols = channel.capacity;
	memcpy(channel.buffer, halves, symbols * sizeof(rmt_symbol_word_t));
	const rmt_rx_done_event_data_t event = { channel.buffer, symbols };
	channel.done(&channel, &event, channel.context);
}

#define HIGH(us) (0x8000 | (us))
#define LOW(us) (us)

static void expect(size_t count, const uint16_t *pulses)
{
	CHECK(machine.result.size == count * sizeof(uint16_t));
	CHECK(memcmp(machine.result.data, pulses, machine.result.size) == 0);
}

static void checkReleased(void)
{
	CHECK(pins == 0 && line_level == 1 && line_mode == 0);
	CHECK(channels == 0 && enabled == 0 && memory == 0);
}

/* A line's life with one failing call: what throws is followed by close, twice. Returns whether anything threw. */
static bool live(int fail)
{
	static const uint16_t halves[] = { HIGH(30), LOW(80), HIGH(82), LOW(50), HIGH(0), LOW(0) };
	static const uint16_t pulses[] = { 30, 80, 82, 50 };
	calls = 0;
	failing = fail;
	machine.self.data = NULL;
	bool thrown = call(xs_dataline_constructor, 4) != 0;
	if (!thrown) {
		CHECK(pins == 1 && line_mode == GPIO_MODE_INPUT_OUTPUT_OD && line_level == 1);
		for (int read = 0; read < 2 && !thrown; read++) {
			thrown = call(xs_dataline_hold, 0);
			if (thrown) {
				CHECK(channels == 0 && line_level == 1);
				break;
			}
			bool deaf = calls + 1 == failing;
			thrown = call(xs_dataline_listen, 2000);
			CHECK(!deaf || (thrown && line_level == 1));
			if (!thrown) {
				CHECK(waited == 2000 && line_level == 1);
				answer(halves, 3);
				thrown = call(xs_dataline_stop, 0);
				if (!thrown)
					expect(4, pulses);
			}
		}
	}
	CHECK(call(xs_dataline_close, 0) == 0);
	CHECK(call(xs_dataline_close, 0) == 0);
	checkReleased();
	return thrown;
}

static void open(void)
{
	failing = 0;
	CHECK(call(xs_dataline_constructor, 4) == 0);
}

static void close(void)
{
	CHECK(call(xs_dataline_close, 0) == 0);
	checkReleased();
}

int main(void)
{
	/* Every call fails once, and none of them unnoticed. */
	CHECK(!live(0));
	int total = calls;
	for (int fail = 1; fail <= total; fail++)
		CHECK(live(fail));

	/* Pins that cannot be had. */
	machine.self.data = NULL;
	CHECK(call(xs_dataline_constructor, 34) == 2);
	CHECK(call(xs_dataline_constructor, -1) == 2);
	pins = 1;
	CHECK(call(xs_dataline_constructor, 4) == 2);
	pins = 0;
	checkReleased();

	/* Closed at each step of a read, and by the collector. */
	for (int steps = 0; steps < 3; steps++) {
		open();
		if (steps > 0)
			CHECK(call(xs_dataline_hold, 0) == 0);
		if (steps > 1)
			CHECK(call(xs_dataline_listen, 0) == 0);
		close();
	}
	open();
	CHECK(call(xs_dataline_hold, 0) == 0);
	xs_dataline_destructor(machine.self.data);
	checkReleased();
	xs_dataline_destructor(NULL);

	/* A receiver that does not stop keeps its memory, and nothing else, also when a read found that before. */
	for (int steps = 0; steps < 2; steps++) {
		open();
		CHECK(call(xs_dataline_hold, 0) == 0);
		for (int step = 0; step <= steps; step++) {
			failing = calls + 1;
			CHECK((call(step < steps ? xs_dataline_stop : xs_dataline_close, 0) != 0) == (step < steps));
		}
		CHECK(pins == 0 && line_level == 1 && memory == 1 && channels == 1);
		heap_caps_free(channel.context);
		channels = enabled = 0;
	}

	/* Once closed, and out of order. */
	machine.self.data = NULL;
	CHECK(call(xs_dataline_hold, 0) && call(xs_dataline_listen, 0) && call(xs_dataline_stop, 0) && call(xs_dataline_level, 0));
	open();
	CHECK(call(xs_dataline_listen, 0) != 0);
	CHECK(call(xs_dataline_hold, 0) == 0 && call(xs_dataline_hold, 0) != 0);
	CHECK(call(xs_dataline_listen, 2001) == 2 && call(xs_dataline_listen, -1) == 2);
	close();

	/* A line that rose and stayed, a low before the first high, nothing received, and the level. */
	static const uint16_t rose[] = { HIGH(0), LOW(0) }, late[] = { LOW(7), HIGH(30), LOW(80), HIGH(0) };
	static const uint16_t pulses[] = { 30, 80 };
	open();
	for (int what = 0; what < 3; what++) {
		CHECK(call(xs_dataline_hold, 0) == 0);
		CHECK(call(xs_dataline_level, 0) == 0 && machine.result.integer == 0);
		CHECK(call(xs_dataline_listen, 0) == 0);
		CHECK(call(xs_dataline_level, 0) == 0 && machine.result.integer == 1);
		if (what == 0)
			answer(rose, 1);
		if (what == 1)
			answer(late, 2);
		CHECK(call(xs_dataline_stop, 0) == 0);
		expect(what == 1 ? 2 : 0, pulses);
	}

	/* An AM2301's 132 pulses, and more than there is room for. */
	static uint16_t halves[600], widths[600];
	for (int i = 0; i < 600; i++) {
		widths[i] = 20 + i % 60;
		halves[i] = i % 2 ? LOW(widths[i]) : HIGH(widths[i]);
	}
	CHECK(call(xs_dataline_hold, 0) == 0 && call(xs_dataline_listen, 0) == 0);
	answer(halves, 300);
	CHECK(call(xs_dataline_stop, 0) == 0);
	expect(2 * SYMBOLS, widths);
	halves[132] = HIGH(0);
	CHECK(call(xs_dataline_hold, 0) == 0 && call(xs_dataline_listen, 0) == 0);
	answer(halves, 67);
	CHECK(call(xs_dataline_stop, 0) == 0);
	expect(132, widths);
	close();

	free(machine.result.data);
	printf("%d failing calls\n", total);
	return 0;
}
