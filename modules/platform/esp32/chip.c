/* What the SDK's modules do not tell: a line on the serial console, why Wi-Fi was lost, how the chip came to start. */

#include "xsmc.h"
#include "xsHost.h"
#include "mc.xs.h"

#include "esp_event.h"
#include "esp_mac.h"
#include "esp_rom_serial_output.h"
#include "esp_system.h"
#include "esp_wifi.h"

/* Of the newest loss; the event loop's task writes it. */
static volatile uint8_t lossReason;

/* The debugger's driver owns the serial line of a debug build; a release build has none. */
static void put(char character)
{
#ifdef mxDebug
	ESP_putc(character);
#else
	esp_rom_output_tx_one_char(character);
#endif
}

void xs_chip_print(xsMachine *the)
{
	const char *line = xsmcToString(xsArg(0));
	while (*line)
		put(*line++);
	put('\r');
	put('\n');
}

static void onWiFi(void *it, esp_event_base_t base, int32_t event, void *data)
{
	(void)it;
	(void)base;
	if (event == WIFI_EVENT_STA_DISCONNECTED)
		lossReason = ((wifi_event_sta_disconnected_t *)data)->reason;
}

/* To be called before the SDK's module listens, so that the reason is known when that tells of the loss. */
void xs_chip_watch(xsMachine *the)
{
	esp_err_t error = esp_event_loop_create_default();
	if (error == ESP_OK || error == ESP_ERR_INVALID_STATE)
		error = esp_event_handler_register(WIFI_EVENT, ESP_EVENT_ANY_ID, onWiFi, NULL);
	if (error)
		xsUnknownError("Wi-Fi events cannot be watched");
}

void xs_chip_lossReason(xsMachine *the)
{
	xsmcSetInteger(xsResult, lossReason);
}

void xs_chip_mac(xsMachine *the)
{
	uint8_t mac[6];
	if (esp_read_mac(mac, ESP_MAC_WIFI_STA))
		xsUnknownError("no hardware address");
	xsmcSetArrayBuffer(xsResult, mac, sizeof(mac));
}

void xs_chip_resetReason(xsMachine *the)
{
	xsmcSetInteger(xsResult, esp_reset_reason());
}

/* The button that puts the chip into its boot loader when it is held at a reset. */
void xs_chip_bootPin(xsMachine *the)
{
#if CONFIG_IDF_TARGET_ARCH_RISCV
	xsmcSetInteger(xsResult, 9);
#else
	xsmcSetInteger(xsResult, 0);
#endif
}
