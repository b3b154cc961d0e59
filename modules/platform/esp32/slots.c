/* The firmware's slots and the boot loader's record, as far as the SDK's `embedded:update` leaves them out. */

#include "xsmc.h"
#include "xsHost.h"
#include "mc.xs.h"

#include "app_update/include/esp_ota_ops.h"
#include "esp_partition.h"
#include "esp_system.h"
#include "sdkconfig.h"

#define DIGEST 32

/* The slot that runs, or the other one. */
static const esp_partition_t *slot(xsMachine *the, bool other)
{
	const esp_partition_t *found = other ? esp_ota_get_next_update_partition(NULL) : esp_ota_get_running_partition();
	if (!found)
		xsUnknownError("no slot for firmware");
	return found;
}

/* Whether argument 0 asks for the other slot. */
static const esp_partition_t *asked(xsMachine *the)
{
	return slot(the, xsmcToBoolean(xsArg(0)));
}

void xs_slots_chip(xsMachine *the)
{
	xsmcSetInteger(xsResult, CONFIG_IDF_FIRMWARE_CHIP_ID);
}

/* Boards with a configuration of their own lack it. */
void xs_slots_rollsBack(xsMachine *the)
{
#if CONFIG_BOOTLOADER_APP_ROLLBACK_ENABLE
	xsmcSetTrue(xsResult);
#else
	xsmcSetFalse(xsResult);
#endif
}

void xs_slots_size(xsMachine *the)
{
	xsmcSetInteger(xsResult, (xsIntegerValue)slot(the, true)->size);
}

/* front(other): the image's first 144 bytes. */
void xs_slots_front(xsMachine *the)
{
	uint8_t bytes[144];
	if (esp_partition_read(asked(the), 0, bytes, sizeof(bytes)))
		xsUnknownError("the flash cannot be read");
	xsmcSetArrayBuffer(xsResult, bytes, sizeof(bytes));
}

/* state(other): esp_ota_img_states_t; -1 where the boot loader has no record of the slot. */
void xs_slots_state(xsMachine *the)
{
	esp_ota_img_states_t state;
	xsmcSetInteger(xsResult, esp_ota_get_state_partition(asked(the), &state) ? -1 : (xsIntegerValue)state);
}

/* digest(other): the appended SHA-256 of a whole image, verified; nothing where there is none. */
void xs_slots_digest(xsMachine *the)
{
	uint8_t digest[DIGEST];
	if (!esp_partition_get_sha256(asked(the), digest))
		xsmcSetArrayBuffer(xsResult, digest, sizeof(digest));
}

void xs_slots_confirm(xsMachine *the)
{
	if (esp_ota_mark_app_valid_cancel_rollback())
		xsUnknownError("the boot loader's record cannot be written");
}

void xs_slots_activateOther(xsMachine *the)
{
	esp_err_t error = esp_ota_set_boot_partition(slot(the, true));
	if (error == ESP_ERR_OTA_VALIDATE_FAILED)
		xsUnknownError("the other slot holds no whole image");
	if (error)
		xsUnknownError("the boot loader's record cannot be written");
}

void xs_slots_rollBack(xsMachine *the)
{
	esp_err_t error = esp_ota_mark_app_invalid_rollback();
	if (error == ESP_ERR_OTA_ROLLBACK_FAILED)
		xsUnknownError("the other slot holds no whole image");
	if (error)
		xsUnknownError("the boot loader's record cannot be written");
}

void xs_slots_restart(xsMachine *the)
{
	(void)the;
	esp_restart();
}
