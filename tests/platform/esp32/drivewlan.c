/*
 * Drives the native side of the ESP32's Wi-Fi on a make-believe ESP-IDF: the access point's interface is made, the radio opens
 * and the portal is asked for in either order, the station gets addresses, and every call fails once. Built and run by
 * wlan.node.test.ts.
 */

#include <setjmp.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define CHECK(condition) \
	((condition) ? (void)0 : (fprintf(stderr, "line %d, failing call %d: %s\n", __LINE__, failing, #condition), exit(1)))

static int calls, failing;

/* --- ESP-IDF --- */

typedef int esp_err_t;
typedef const char *esp_event_base_t;
enum { ESP_OK = 0, ESP_FAIL = -1, ESP_ERR_INVALID_STATE = 0x103 };
enum { ESP_ERR_ESP_NETIF_DHCP_ALREADY_STARTED = 0x5007, ESP_ERR_ESP_NETIF_DHCP_ALREADY_STOPPED = 0x5008 };
enum { ESP_IPADDR_TYPE_V4 = 0, ESP_NETIF_DNS_MAIN = 0 };
enum { WIFI_EVENT_STA_DISCONNECTED = 5, WIFI_EVENT_AP_START = 12, WIFI_EVENT_AP_STOP = 13, ESP_EVENT_ANY_ID = -1 };
enum { ESP_NETIF_OP_SET = 1, ESP_NETIF_CAPTIVEPORTAL_URI = 114 };
#define WIFI_EVENT "WIFI_EVENT"
#define ESP_IP4TOADDR(a, b, c, d) ((uint32_t)(a) | (uint32_t)(b) << 8 | (uint32_t)(c) << 16 | (uint32_t)(d) << 24)
typedef struct { uint8_t reason; } wifi_event_sta_disconnected_t;
typedef struct { uint32_t addr; } esp_ip4_addr_t;
typedef struct { esp_ip4_addr_t ip, netmask, gw; } esp_netif_ip_info_t;
typedef struct { struct { struct { esp_ip4_addr_t ip4; } u_addr; uint8_t type; } ip; } esp_netif_dns_info_t;
/* isStopped: its DHCP, be it server or client. */
typedef struct {
	bool exists, isUp, servesDHCP, isStopped;
	esp_netif_ip_info_t info;
	const char *uri;
	char hostName[33];
	uint32_t dns;
} esp_netif_t;

static esp_netif_t interface, station;
/* Whether a GOT_IP would have been posted of a network that is being left. */
static bool reportsEarly;
static void (*heard)(void *, esp_event_base_t, int32_t, void *);

static esp_err_t attempt(void)
{
	return ++calls == failing ? ESP_FAIL : ESP_OK;
}
static esp_err_t esp_event_loop_create_default(void)
{
	return attempt() ? ESP_FAIL : ESP_ERR_INVALID_STATE;
}
static esp_err_t esp_event_handler_register(esp_event_base_t base, int32_t event,
	void (*handler)(void *, esp_event_base_t, int32_t, void *), void *it)
{
	CHECK(event == ESP_EVENT_ANY_ID && !it);
	if (attempt())
		return ESP_FAIL;
	heard = handler;
	return ESP_OK;
}
/* As ESP-IDF does: an interface that exists by then comes up, and its DHCP server starts unless it was stopped. */
static void fire(int32_t event)
{
	if (interface.exists && event == WIFI_EVENT_AP_START) {
		interface.isUp = true;
		interface.servesDHCP |= !interface.isStopped;
	}
	if (event == WIFI_EVENT_AP_STOP)
		interface.isUp = interface.servesDHCP = interface.isStopped = false;
	heard(NULL, WIFI_EVENT, event, NULL);
}
static esp_err_t esp_event_post(esp_event_base_t base, int32_t event, void *data, size_t size, uint32_t ticks)
{
	CHECK(!data && !size && !ticks);
	if (attempt())
		return ESP_FAIL;
	fire(event);
	return ESP_OK;
}
static esp_netif_t *esp_netif_get_handle_from_ifkey(const char *key)
{
	if (!strcmp(key, "WIFI_STA_DEF"))
		return station.exists ? &station : NULL;
	CHECK(!strcmp(key, "WIFI_AP_DEF"));
	return interface.exists ? &interface : NULL;
}
static esp_err_t esp_netif_get_ip_info(esp_netif_t *it, esp_netif_ip_info_t *info)
{
	if (attempt())
		return ESP_FAIL;
	*info = it->info;
	return ESP_OK;
}
static char *esp_ip4addr_ntoa(const esp_ip4_addr_t *address, char *text, int size)
{
	const uint8_t *bytes = (const uint8_t *)&address->addr;
	snprintf(text, size, "%d.%d.%d.%d", bytes[0], bytes[1], bytes[2], bytes[3]);
	return text;
}
static bool esp_netif_is_netif_up(esp_netif_t *it)
{
	return it->isUp;
}
static esp_err_t esp_netif_str_to_ip4(const char *text, esp_ip4_addr_t *address)
{
	unsigned a, b, c, d;
	CHECK(sscanf(text, "%u.%u.%u.%u", &a, &b, &c, &d) == 4);
	address->addr = ESP_IP4TOADDR(a, b, c, d);
	return attempt();
}
static esp_err_t esp_netif_dhcps_stop(esp_netif_t *it)
{
	if (attempt())
		return ESP_FAIL;
	if (it->isStopped)
		return ESP_ERR_ESP_NETIF_DHCP_ALREADY_STOPPED;
	it->servesDHCP = false;
	it->isStopped = true;
	return ESP_OK;
}
static esp_err_t esp_netif_set_ip_info(esp_netif_t *it, const esp_netif_ip_info_t *info)
{
	CHECK(it->isStopped);
	if (attempt())
		return ESP_FAIL;
	reportsEarly |= it == &station && it->isUp;
	it->info = *info;
	return ESP_OK;
}
static esp_err_t esp_netif_dhcps_option(esp_netif_t *it, int operation, int option, void *value, uint32_t length)
{
	CHECK(operation == ESP_NETIF_OP_SET && option == 114 && it->isStopped && length == strlen(value));
	if (attempt())
		return ESP_FAIL;
	it->uri = value;
	return ESP_OK;
}
static esp_err_t esp_netif_dhcps_start(esp_netif_t *it)
{
	if (attempt())
		return ESP_FAIL;
	it->isStopped = false;
	it->servesDHCP = it->isUp;
	return ESP_OK;
}

static void esp_netif_action_disconnected(void *it, esp_event_base_t base, int32_t event, void *data)
{
	CHECK(event == WIFI_EVENT_STA_DISCONNECTED && !data);
	((esp_netif_t *)it)->isUp = false;
}
static esp_err_t esp_netif_set_hostname(esp_netif_t *it, const char *name)
{
	if (attempt())
		return ESP_FAIL;
	strcpy(it->hostName, name);
	return ESP_OK;
}
static esp_err_t esp_netif_dhcpc_start(esp_netif_t *it)
{
	if (attempt())
		return ESP_FAIL;
	if (!it->isStopped)
		return ESP_ERR_ESP_NETIF_DHCP_ALREADY_STARTED;
	memset(&it->info, 0, sizeof(it->info));
	it->dns = 0;
	it->isStopped = false;
	return ESP_OK;
}
static esp_err_t esp_netif_dhcpc_stop(esp_netif_t *it)
{
	if (attempt())
		return ESP_FAIL;
	if (it->isStopped)
		return ESP_ERR_ESP_NETIF_DHCP_ALREADY_STOPPED;
	it->isStopped = true;
	return ESP_OK;
}
static esp_err_t esp_netif_set_dns_info(esp_netif_t *it, int type, esp_netif_dns_info_t *dns)
{
	CHECK(type == ESP_NETIF_DNS_MAIN && dns->ip.type == ESP_IPADDR_TYPE_V4);
	if (attempt())
		return ESP_FAIL;
	it->dns = dns->ip.u_addr.ip4.addr;
	return ESP_OK;
}
static esp_err_t esp_netif_tcpip_exec(esp_err_t (*run)(void *), void *it)
{
	return run(it);
}
static void *esp_netif_get_netif_impl(esp_netif_t *it)
{
	return it;
}

/* --- lwIP --- */

enum { ARP_TABLE_SIZE = 10 };
struct netif { esp_netif_t it; };
struct eth_addr { uint8_t addr[6]; };
typedef esp_ip4_addr_t ip4_addr_t;
typedef int8_t err_t;
/* ARP's table: of which interface each entry is; NULL for none. */
static struct { void *interface; ip4_addr_t address; } arp[ARP_TABLE_SIZE];
static uint32_t asked;
#define netif_ip4_addr(interface) (&(interface)->it.info.ip)
#define netif_ip4_netmask(interface) (&(interface)->it.info.netmask)
#define netif_ip4_gw(interface) (&(interface)->it.info.gw)
static int etharp_get_entry(size_t at, ip4_addr_t **address, struct netif **through, struct eth_addr **hardware)
{
	(void)hardware;
	*address = &arp[at].address;
	*through = arp[at].interface;
	return arp[at].interface != NULL;
}
static err_t etharp_request(struct netif *interface, const ip4_addr_t *address)
{
	CHECK((void *)interface == &station);
	asked = address->addr;
	return 0;
}

/* --- XS --- */

typedef int xsMachine;
#define c_strlen strlen
static jmp_buf thrown;
static const char *arguments[5];
static int result;
#define xsUndefinedType 0
#define xsmcTypeOf(slot) ((slot) != NULL)
static char resultText[16];
#define xsArg(index) arguments[index]
#define xsResult result
#define xsmcToString(slot) (slot)
#define xsmcToStringBuffer(slot, buffer, size) ({ CHECK(strlen(slot) < (size)); strcpy(buffer, slot); })
#define xsmcSetBoolean(slot, value) ((slot) = (value))
#define xsmcSetInteger(slot, value) ((slot) = (value))
#define xsmcSetString(slot, text) ((void)(slot), strcpy(resultText, text))
#define xsUnknownError(...) longjmp(thrown, 1)

#include "wlan.c"

static xsMachine machine;

static bool succeeds(void (*call)(xsMachine *))
{
	if (setjmp(thrown))
		return false;
	call(&machine);
	return true;
}

static bool opensPortal(void)
{
	arguments[0] = "4.3.2.1";
	arguments[1] = "http://4.3.2.1/setup";
	return succeeds(xs_wlan_openPortal);
}

static void isOpenAsWanted(void)
{
	CHECK(interface.isUp && interface.servesDHCP);
	CHECK(interface.info.ip.addr == ESP_IP4TOADDR(4, 3, 2, 1) && interface.info.gw.addr == interface.info.ip.addr);
	CHECK(interface.info.netmask.addr == ESP_IP4TOADDR(255, 255, 255, 0));
	CHECK(!strcmp(interface.uri, "http://4.3.2.1/setup"));
}

/* The orders in which the interface is made (i), the radio opens (o) and the portal is asked for (p). */
static void opensInAnyOrder(void)
{
	for (const char **order = (const char *[]){ "iop", "ipo", "oip", NULL }; *order; order++) {
		memset(&interface, 0, sizeof(interface));
		isOpen = false;
		for (const char *step = *order; *step; step++)
			switch (*step) {
			case 'i': interface.exists = true; break;
			case 'o': fire(WIFI_EVENT_AP_START); break;
			case 'p': CHECK(opensPortal()); break;
			}
		isOpenAsWanted();
		fire(WIFI_EVENT_AP_STOP);
		fire(WIFI_EVENT_AP_START);
		CHECK(opensPortal());
		isOpenAsWanted();
	}
}

/* A failure is reported, and the next attempt succeeds. */
static void reportsFailures(void)
{
	bool succeeded = false;
	for (int which = 1; !succeeded; which++) {
		memset(&interface, 0, sizeof(interface));
		isOpen = false;
		fire(WIFI_EVENT_AP_START);
		CHECK(!opensPortal());
		interface.exists = true;
		calls = 0;
		failing = which;
		succeeded = opensPortal();
		CHECK(succeeded == (calls < which));
		failing = 0;
		CHECK(opensPortal());
		isOpenAsWanted();
	}
}

static const char *mask(void)
{
	resultText[0] = 0;
	xs_wlan_mask(&machine);
	return resultText;
}

static void hasTheStationsMask(void)
{
	CHECK(!*mask());
	station.exists = true;
	CHECK(!*mask());
	station.info.netmask.addr = ESP_IP4TOADDR(255, 255, 254, 0);
	CHECK(!strcmp(mask(), "255.255.254.0"));
	calls = 0;
	failing = 1;
	CHECK(!*mask());
	failing = 0;
}

static bool setsStation(bool byHand)
{
	const char *given[] = { "attic", "192.0.2.7", "255.255.255.0", "192.0.2.1", "192.0.2.53" };
	memset(arguments, 0, sizeof(arguments));
	memcpy(arguments, given, byHand ? sizeof(given) : sizeof(*given));
	return succeeds(xs_wlan_setStation);
}

static bool isStatic(void)
{
	return station.isStopped && station.info.ip.addr == ESP_IP4TOADDR(192, 0, 2, 7)
		&& station.info.netmask.addr == ESP_IP4TOADDR(255, 255, 255, 0) && station.info.gw.addr == ESP_IP4TOADDR(192, 0, 2, 1)
		&& station.dns == ESP_IP4TOADDR(192, 0, 2, 53);
}

/* From DHCP to an address and back, twice each, in a network and out of it: none is reported of the network that is left. */
static void setsTheStationsAddress(void)
{
	memset(&station, 0, sizeof(station));
	CHECK(!setsStation(true));
	station.exists = true;
	for (int round = 0; round < 8; round++) {
		station.isUp = round % 4 < 2;
		CHECK(setsStation(round % 2 == 0));
		CHECK(!station.isUp && !reportsEarly && !strcmp(station.hostName, "attic"));
		CHECK(round % 2 == 0 ? isStatic() : !station.isStopped && !station.info.ip.addr && !station.dns);
		CHECK(setsStation(round % 2 == 0));
		CHECK(round % 2 == 0 ? isStatic() : !station.isStopped);
	}
	for (int byHand = 0; byHand < 2; byHand++) {
		bool succeeded = false;
		for (int which = 1; !succeeded; which++) {
			calls = 0;
			failing = which;
			succeeded = setsStation(byHand);
			CHECK(succeeded == (calls < which));
			failing = 0;
			CHECK(setsStation(byHand));
			CHECK(byHand ? isStatic() : !station.isStopped);
		}
	}
}

static bool hasNeighbour(void)
{
	asked = 0;
	xs_wlan_hasNeighbour(&machine);
	CHECK(result == (asked == 0));
	return result;
}

/* Neither its own address, nor a host of another interface or of another network counts. */
static void findsNeighbours(void)
{
	station.exists = false;
	xs_wlan_hasNeighbour(&machine);
	CHECK(!result);
	station.exists = true;
	CHECK(setsStation(true));
	CHECK(!hasNeighbour() && asked == ESP_IP4TOADDR(192, 0, 2, 1));
	arp[1].interface = &station;
	arp[1].address.addr = ESP_IP4TOADDR(192, 0, 2, 7);
	arp[2].interface = &interface;
	arp[2].address.addr = ESP_IP4TOADDR(192, 0, 2, 9);
	arp[3].interface = &station;
	arp[3].address.addr = ESP_IP4TOADDR(192, 0, 3, 9);
	CHECK(!hasNeighbour());
	arp[ARP_TABLE_SIZE - 1].interface = &station;
	arp[ARP_TABLE_SIZE - 1].address.addr = ESP_IP4TOADDR(192, 0, 2, 1);
	CHECK(hasNeighbour());
}

int main(void)
{
	CHECK(succeeds(xs_wlan_watch));
	for (failing = 1; failing <= 2; failing++) {
		calls = 0;
		CHECK(!succeeds(xs_wlan_watch));
	}
	failing = 0;
	opensInAnyOrder();
	reportsFailures();
	hasTheStationsMask();
	setsTheStationsAddress();
	findsNeighbours();
	wifi_event_sta_disconnected_t loss = { 201 };
	heard(NULL, WIFI_EVENT, WIFI_EVENT_STA_DISCONNECTED, &loss);
	xs_wlan_disconnectReason(&machine);
	CHECK(result == 201);
	puts("passed");
	return 0;
}
