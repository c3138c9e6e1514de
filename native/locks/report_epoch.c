/* SPDX-License-Identifier: Apache-2.0 */
/* A flag with a count says that a report is under way; an attach waits if it is up. */
#include "anonymous.h"
#include "slots.h"
#include "twins.h"
#include "workload.h"

struct guard {
	uint32_t entries;
	struct twins twins;
	struct slots flags;
	char free[PADDED];
	_Atomic uint64_t retries;
};

static void guard_open(struct guard *guard, int readers)
{
	guard->twins = twins_of(guard->entries);
	guard->flags = slots_of(readers);
}

static inline uint64_t guard_translate(struct guard *guard, int slot, uint32_t position)
{
	(void)slot;
	while (true) {
		uint64_t attachment = validated_snapshot(&guard->twins, position);

		if (attachment != CHANGED)
			return attachment;
		atomic_fetch_add(&guard->retries, 1);
	}
}

static inline int guard_report(struct guard *guard, int slot, uint32_t position, struct sink *sink)
{
	struct slot *own = &guard->flags.all[slot];
	int result;

	STORE_RELEASE(own->word, ++own->own);
	light_fence();
	result = deliver(record_load(twin(&guard->twins, position, version_of(&guard->twins, position))), sink);
	STORE_RELEASE(own->word, IDLE);
	return result;
}

static void guard_commit(struct guard *guard, uint32_t position, uint64_t attachment)
{
	publish(&guard->twins, position, prepare(&guard->twins, position, attachment));
	heavy_fence();
	for (int i = 0; i < guard->flags.count; i++) {
		uint64_t report = atomic_load(&guard->flags.all[i].word);

		if (report != IDLE)
			for (unsigned round = 0; atomic_load(&guard->flags.all[i].word) == report; round++)
				backoff(round);
	}
}

CONTESTANT(lock_report_epoch, "report-epoch", "report-epoch", false)
