/*
 * Prints lines on the serial console. The newest lines are also in RTC memory, which outlasts a reset by a watchdog, an
 * exception or the program itself. After a loss of power the checksum is wrong, and there are none.
 */

#include "xsmc.h"
#include "xsHost.h"
#include "mc.xs.h"

#include "esp_attr.h"
#include "esp_rom_crc.h"
#include "esp_rom_serial_output.h"
#include "esp_rom_sys.h"
#include "soc/soc.h"
#include "soc/soc_caps.h"

/* The serial port of a debug build, UART or USB, is its debugger's. The SDK's driver writes to it. */
#if defined(mxDebug)
#elif SOC_USB_SERIAL_JTAG_SUPPORTED
#include "soc/usb_serial_jtag_reg.h"
#define USB_CONSOLE 1
#endif

#define MAGIC 0x64687431
/* Bytes of the newest lines. The RTC memory of the smallest chip has 8 KB. */
#define MAX_BYTES 512

static RTC_NOINIT_ATTR struct {
	uint32_t magic;
	uint32_t checksum;
	uint32_t length;
	/* Each line ends in a line feed. */
	char text[MAX_BYTES];
} notes;

static uint32_t checksum(void)
{
	uint32_t first = esp_rom_crc32_le(MAGIC, (const uint8_t *)&notes.length, sizeof(notes.length));
	return esp_rom_crc32_le(first, (const uint8_t *)notes.text, notes.length);
}

static bool notesAreWhole(void)
{
	return notes.magic == MAGIC && notes.length <= MAX_BYTES && notes.checksum == checksum();
}

static void seal(void)
{
	notes.magic = MAGIC;
	notes.checksum = checksum();
}

/* Drops the oldest lines, and the end of one that is longer than the memory. */
static void save(const char *line)
{
	size_t size = c_strlen(line);
	if (size > MAX_BYTES - 1)
		for (size = MAX_BYTES - 1; (line[size] & 0xC0) == 0x80; size--)
			;
	if (!notesAreWhole())
		notes.length = 0;
	size_t dropped = 0;
	while (notes.length - dropped + size + 1 > MAX_BYTES)
		while (notes.text[dropped++] != '\n')
			;
	notes.length -= dropped;
	c_memmove(notes.text, notes.text + dropped, notes.length);
	c_memcpy(notes.text + notes.length, line, size);
	notes.length += size;
	notes.text[notes.length++] = '\n';
	seal();
}

#if USB_CONSOLE
#define USB_IS_FREE() (REG_READ(USB_SERIAL_JTAG_EP1_CONF_REG) & USB_SERIAL_JTAG_SERIAL_IN_EP_DATA_FREE)
/* A host takes 64 bytes every millisecond, or none. After one wait of this long no byte waits until a host takes some, µs. */
#define USB_WAIT 2000

static bool usbTakes(void)
{
	static bool isDeaf;
	for (int waited = 0; !USB_IS_FREE() && !isDeaf && waited < USB_WAIT; waited += 50)
		esp_rom_delay_us(50);
	isDeaf = !USB_IS_FREE();
	return !isDeaf;
}
#endif

static void put(char character)
{
#ifdef mxDebug
	ESP_putc(character);
#endif
#if CONFIG_ESP_CONSOLE_UART && !defined(mxDebug)
	esp_rom_output_tx_one_char(character);
#endif
#if USB_CONSOLE
	if (usbTakes())
		REG_WRITE(USB_SERIAL_JTAG_EP1_REG, character);
#endif
	(void)character;
}

/* A host waits for more after 64 bytes at once, until it gets a packet that is shorter, be it empty. */
static void flush(void)
{
#if USB_CONSOLE
	if (usbTakes())
		REG_WRITE(USB_SERIAL_JTAG_EP1_CONF_REG, USB_SERIAL_JTAG_WR_DONE);
#endif
}

/* print(line) */
void xs_serial_print(xsMachine *the)
{
	const char *line = xsmcToString(xsArg(0));
	save(line);
	while (*line)
		put(*line++);
	put('\r');
	put('\n');
	flush();
}

/* write(bytes): as they are, and not kept. */
void xs_serial_write(xsMachine *the)
{
	void *bytes;
	xsUnsignedValue length;
	xsmcGetBufferReadable(xsArg(0), &bytes, &length);
	for (xsUnsignedValue at = 0; at < length; at++)
		put(((char *)bytes)[at]);
	flush();
}

/* takeEarlier(): the newest lines of the last run, each ended by a line feed. To be called before the first print. */
void xs_serial_takeEarlier(xsMachine *the)
{
	xsmcSetStringBuffer(xsResult, notes.text, notesAreWhole() ? notes.length : 0);
	notes.length = 0;
	seal();
}
