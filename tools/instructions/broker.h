/* An MQTT broker at 192.168.1.101, which accepts and acknowledges all. */

#pragma once

#include <stdint.h>

void brokerListen(void);
/* Readings published so far. */
extern uint32_t published;
/* Fails unless `count` readings were published since there were `before`. */
void brokerExpect(uint32_t before, uint32_t count);
