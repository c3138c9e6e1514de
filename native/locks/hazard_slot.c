/* SPDX-License-Identifier: Apache-2.0 */
/* A hazard pointer for each reader (Michael 2004): a report says which record it uses, an attach waits for it. */
#include "anonymous.h"
#include "slots.h"
#include "twins.h"
#include "workload.h"

struct guard {
	uint32_t entries;
	struct twins twins;
	struct slots slots;
};

static void guard_open(struct guard *guard, int readers)
{
	guard->twins = twins_of(guard->entries);
	guard->slots = slots_of(readers);
}

static inline uint64_t guard_translate(struct guard *guard, int slot, uint32_t position)
{
	while (true) {
		uint64_t attachment = validated_snapshot(&guard->twins, position);

		if (attachment != CHANGED)
			return attachment;
		guard->slots.all[slot].own++;
	}
}

static inline uint64_t hazard(uint32_t position, uint32_t version)
{
	return ((uint64_t)position + 1) << 32 | version;
}

static inline int guard_report(struct guard *guard, int slot, uint32_t position, struct sink *sink)
{
	struct slot *own = &guard->slots.all[slot];

	while (true) {
		uint32_t version = version_of(&guard->twins, position);

		STORE_RELEASE(own->word, hazard(position, version));
		light_fence();
		if (version_of(&guard->twins, position) == version) {
			int result = deliver(record_load(twin(&guard->twins, position, version)), sink);

			STORE_RELEASE(own->word, IDLE);
			return result;
		}
		own->own++;
	}
}

static void guard_commit(struct guard *guard, uint32_t position, uint64_t attachment)
{
	uint32_t version = prepare(&guard->twins, position, attachment);
	uint64_t replaced = hazard(position, version - 1);

	publish(&guard->twins, position, version);
	heavy_fence();
	for (int i = 0; i < guard->slots.count; i++)
		for (unsigned round = 0; atomic_load(&guard->slots.all[i].word) == replaced; round++)
			backoff(round);
}

CONTESTANT(lock_hazard_slot, "hazard-slot", "hazard-slot", false)
