/* The chip and the build beyond the SDK's modules: hardware address, reset reason, heap, limits and pins. */

#include "xsmc.h"
#include "xsHost.h"
#include "mc.xs.h"

#include "esp_heap_caps.h"
#include "esp_mac.h"
#include "esp_private/esp_gpio_reserve.h"
#include "esp_system.h"
#include "soc/io_mux_reg.h"
#include "soc/soc_caps.h"
#include "soc/uart_pins.h"
#if CONFIG_IDF_TARGET_ESP32S2
#include "soc/usb_pins.h"
#endif

/* Memory that all of the firmware can use. Neither the radio nor interrupts can use PSRAM. */
#define HEAP (MALLOC_CAP_INTERNAL | MALLOC_CAP_8BIT)

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

void xs_chip_target(xsMachine *the)
{
	xsmcSetString(xsResult, CONFIG_IDF_TARGET);
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

void xs_chip_connections(xsMachine *the)
{
	xsmcSetInteger(xsResult, CONFIG_LWIP_MAX_ACTIVE_TCP);
}

void xs_chip_sendBuffer(xsMachine *the)
{
	xsmcSetInteger(xsResult, CONFIG_LWIP_TCP_SND_BUF_DEFAULT);
}

void xs_chip_heapFree(xsMachine *the)
{
	xsmcSetInteger(xsResult, (xsIntegerValue)heap_caps_get_free_size(HEAP));
}

void xs_chip_heapLeast(xsMachine *the)
{
	xsmcSetInteger(xsResult, (xsIntegerValue)heap_caps_get_minimum_free_size(HEAP));
}

void xs_chip_heapLargestBlock(xsMachine *the)
{
	xsmcSetInteger(xsResult, (xsIntegerValue)heap_caps_get_largest_free_block(HEAP));
}

/* A program that drives these pins loses its console, or cannot be replaced over USB. */
static const char *portOf(int pin)
{
#if SOC_USB_SERIAL_JTAG_SUPPORTED
	if (pin == USB_INT_PHY0_DM_GPIO_NUM || pin == USB_INT_PHY0_DP_GPIO_NUM)
		return "USB";
#elif CONFIG_IDF_TARGET_ESP32S2 && (CONFIG_TINYUSB || CONFIG_ESP_CONSOLE_USB_CDC)
	if (pin == USBPHY_DM_NUM || pin == USBPHY_DP_NUM)
		return "USB";
#endif
	if (pin != U0TXD_GPIO_NUM && pin != U0RXD_GPIO_NUM)
		return NULL;
#if !CONFIG_ESP_CONSOLE_UART
	/* A debug build whose debugger is on this port has reserved the pin that it sends on. */
	if (!esp_gpio_is_reserved(1ULL << U0TXD_GPIO_NUM))
		return NULL;
#endif
	return "the serial console";
}

static bool isPSRAM(int pin)
{
#if !CONFIG_SPIRAM
	(void)pin;
	return false;
#elif CONFIG_IDF_TARGET_ESP32
	return pin == 16 || pin == 17;
#else
	return pin == 26 || (pin >= 33 && pin <= 37);
#endif
}

/* pinUse(pin): names the use of the pin; undefined for a free one. ESP-IDF reserves the pins of flash and PSRAM as it finds them. */
void xs_chip_pinUse(xsMachine *the)
{
	int pin = xsmcToInteger(xsArg(0));
	if (pin < 0 || pin > 63)
		return;
	const char *use = portOf(pin);
	if (!use && esp_gpio_is_reserved(1ULL << pin))
		use = isPSRAM(pin) ? "the PSRAM" : "the flash";
	if (use)
		xsmcSetString(xsResult, (char *)use);
}
