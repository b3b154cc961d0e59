/*
 * Wi-Fi beyond the SDK's `wifi`: the disconnect reason, the station's host name, address and neighbours, and an access point
 * that phones take for a captive portal.
 */

#include "xsmc.h"
#include "xsHost.h"
#include "mc.xs.h"

#include "esp_event.h"
#include "esp_netif.h"
#include "esp_netif_net_stack.h"
#include "esp_wifi.h"
#include "lwip/etharp.h"
#include "lwip/netif.h"

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

/* An address by hand in place of DHCP. Without any DHCP is taken up again. */
static esp_err_t setAddress(esp_netif_t *interface, const char *const given[4])
{
	if (!given[0]) {
		esp_err_t error = esp_netif_dhcpc_start(interface);
		return error == ESP_ERR_ESP_NETIF_DHCP_ALREADY_STARTED ? ESP_OK : error;
	}
	esp_netif_ip_info_t info;
	esp_netif_dns_info_t dns = { .ip.type = ESP_IPADDR_TYPE_V4 };
	esp_ip4_addr_t *parsed[] = { &info.ip, &info.netmask, &info.gw, &dns.ip.u_addr.ip4 };
	esp_err_t error = ESP_OK;
	for (int at = 0; error == ESP_OK && at < 4; at++)
		error = esp_netif_str_to_ip4(given[at], parsed[at]);
	if (error == ESP_OK)
		error = esp_netif_dhcpc_stop(interface);
	if (error == ESP_OK || error == ESP_ERR_ESP_NETIF_DHCP_ALREADY_STOPPED)
		error = esp_netif_set_ip_info(interface, &info);
	if (error == ESP_OK)
		error = esp_netif_set_dns_info(interface, ESP_NETIF_DNS_MAIN, &dns);
	return error;
}

/*
 * setStation(hostName, address, mask, gateway, dns): of the next join; without address it is by DHCP. An interface that is up would report an address at
 * once, which the network still joined may not have. So it is taken down first, as the pending disconnection does.
 */
void xs_wlan_setStation(xsMachine *the)
{
	esp_netif_t *interface = esp_netif_get_handle_from_ifkey("WIFI_STA_DEF");
	char texts[4][16], name[33];
	const char *given[4] = { NULL };
	if (!interface)
		xsUnknownError("no station");
	xsmcToStringBuffer(xsArg(0), name, sizeof(name));
	for (int at = 0; xsmcTypeOf(xsArg(1)) != xsUndefinedType && at < 4; at++)
		given[at] = xsmcToStringBuffer(xsArg(at + 1), texts[at], sizeof(texts[at]));
	if (esp_netif_is_netif_up(interface))
		esp_netif_action_disconnected(interface, WIFI_EVENT, WIFI_EVENT_STA_DISCONNECTED, NULL);
	esp_err_t error = esp_netif_set_hostname(interface, name);
	if (error == ESP_OK)
		error = setAddress(interface, given);
	if (error)
		xsUnknownError("station not configured: %d", error);
}

/*
 * In lwIP's task: asks for the gateway. Hosts of the network that have responded, or have spoken to this address, are in
 * ARP's table. Its own address is there when another host has it, too.
 */
static esp_err_t findNeighbour(void *found)
{
	struct netif *interface = esp_netif_get_netif_impl(esp_netif_get_handle_from_ifkey("WIFI_STA_DEF"));
	uint32_t own = netif_ip4_addr(interface)->addr, mask = netif_ip4_netmask(interface)->addr;
	for (size_t at = 0; at < ARP_TABLE_SIZE; at++) {
		ip4_addr_t *address;
		struct netif *through;
		struct eth_addr *hardware;
		if (etharp_get_entry(at, &address, &through, &hardware) && through == interface && address->addr != own
			&& !((address->addr ^ own) & mask))
			*(bool *)found = true;
	}
	if (!*(bool *)found)
		etharp_request(interface, netif_ip4_gw(interface));
	return ESP_OK;
}

/* hasNeighbour(): the gateway's response to one call is seen by the next. */
void xs_wlan_hasNeighbour(xsMachine *the)
{
	bool found = false;
	if (esp_netif_get_handle_from_ifkey("WIFI_STA_DEF"))
		esp_netif_tcpip_exec(findNeighbour, &found);
	xsmcSetBoolean(xsResult, found);
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
