/* Numbers and checksums as they are on the wire: RFC 791, RFC 1071. */

#pragma once

#include <stddef.h>
#include <stdint.h>

static inline void put16(uint8_t *at, unsigned value)
{
	at[0] = (uint8_t)(value >> 8);
	at[1] = (uint8_t)value;
}

static inline void put32(uint8_t *at, uint32_t value)
{
	put16(at, value >> 16);
	put16(at + 2, value & 0xFFFF);
}

static inline unsigned get16(const uint8_t *at)
{
	return (unsigned)(at[0] << 8 | at[1]);
}

static inline uint32_t get32(const uint8_t *at)
{
	return (uint32_t)get16(at) << 16 | get16(at + 2);
}

static inline uint32_t sum(const uint8_t *bytes, size_t length, uint32_t from)
{
	for (size_t at = 0; at + 1 < length; at += 2)
		from += get16(bytes + at);
	return length & 1 ? from + ((uint32_t)bytes[length - 1] << 8) : from;
}

static inline unsigned folded(uint32_t value)
{
	while (value >> 16)
		value = (value & 0xFFFF) + (value >> 16);
	return ~value & 0xFFFF;
}
