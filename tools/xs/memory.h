/* What the engine takes outside of its heap is counted by natives.c: the engine's sources are compiled with this in front. */

#include <stddef.h>

void* counted_malloc(size_t size);
void* counted_calloc(size_t count, size_t size);
void* counted_realloc(void* block, size_t size);
void counted_free(void* block);

#define c_malloc counted_malloc
#define c_calloc counted_calloc
#define c_realloc counted_realloc
#define c_free counted_free
