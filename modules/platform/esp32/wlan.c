/* Wi-Fi beyond the SDK's `wifi`: the disconnect reason, the netmask, and an access point that phones take for a captive portal. */

#include "xsmc.h"
#include "xsHost.h"
#include "mc.xs.h"

#include "esp_event.h"
#include "esp_netif.h"
#include "esp_wifi.h"

/* ESP-IDF's `wifi_err_reason_t` of the newest disconnection. The event loop's task writes it. */
static volatile uint8_t disconnectReason;

/* Whether the driver has opened the access point. The event loop's task writes it. */
static volatile bool isOpen;

/* ESP-IDF's DHCP server sends these bytes. */
static char portalURI[64];

static void onWiFi(void *it, esp_event_base_t base, int32_t event, void *data)
{
	(void)it;
	(void)base;
	if (event == WIFI_EVENT_STA_DISCONNECTED)
		disconnectReason = ((wifi_event_sta_disconnected_t *)data)->reason;
	else if (event == WIFI_EVENT_AP_START)
		isOpen = true;
	else if (event == WIFI_EVENT_AP_STOP)
		isOpen = false;
}

/* watch(): to be called before the SDK's module listens, so that the reason is there when that reports the disconnection. */
void xs_wlan_watch(xsMachine *the)
{
	esp_err_t error = esp_event_loop_create_default();
	if (error == ESP_OK || error == ESP_ERR_INVALID_STATE)
		error = esp_event_handler_register(WIFI_EVENT, ESP_EVENT_ANY_ID, onWiFi, NULL);
	if (error)
		xsUnknownError("Wi-Fi events cannot be watched");
}

void xs_wlan_disconnectReason(xsMachine *the)
{
	xsmcSetInteger(xsResult, disconnectReason);
}

/* mask: the netmask of the station's network; undefined without one. */
void xs_wlan_mask(xsMachine *the)
{
	esp_netif_t *interface = esp_netif_get_handle_from_ifkey("WIFI_STA_DEF");
	esp_netif_ip_info_t info;
	char text[16];
	if (interface && esp_netif_get_ip_info(interface, &info) == ESP_OK && info.netmask.addr)
		xsmcSetString(xsResult, esp_ip4addr_ntoa(&info.netmask, text, sizeof(text)));
}

/*
 * Gives the access point's interface its address and its DHCP server the portal's URI (option 114). The server starts at
 * once where the interface is up, else when it comes up.
 */
static esp_err_t configure(esp_netif_t *interface, const char *address)
{
	esp_netif_ip_info_t info = { .netmask.addr = ESP_IP4TOADDR(255, 255, 255, 0) };
	esp_err_t error = esp_netif_str_to_ip4(address, &info.ip);
	info.gw = info.ip;
	if (error == ESP_OK)
		error = esp_netif_dhcps_stop(interface);
	if (error == ESP_OK || error == ESP_ERR_ESP_NETIF_DHCP_ALREADY_STOPPED)
		error = esp_netif_set_ip_info(interface, &info);
	if (error == ESP_OK)
		error = esp_netif_dhcps_option(interface, ESP_NETIF_OP_SET, ESP_NETIF_CAPTIVEPORTAL_URI, portalURI, c_strlen(portalURI));
	if (error == ESP_OK)
		error = esp_netif_dhcps_start(interface);
	return error;
}

/* openPortal(address, uri): to be called when the SDK's module has opened the access point. */
void xs_wlan_openPortal(xsMachine *the)
{
	esp_netif_t *interface = esp_netif_get_handle_from_ifkey("WIFI_AP_DEF");
	if (!interface)
		xsUnknownError("no access point");
	xsmcToStringBuffer(xsArg(1), portalURI, sizeof(portalURI));
	esp_err_t error = configure(interface, xsmcToString(xsArg(0)));
	/* The driver may have opened before the interface was there to receive the event: then it is posted again. */
	if (error == ESP_OK && isOpen && !esp_netif_is_netif_up(interface))
		error = esp_event_post(WIFI_EVENT, WIFI_EVENT_AP_START, NULL, 0, 0);
	if (error)
		xsUnknownError("access point not configured: %d", error);
}
