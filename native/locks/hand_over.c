/* SPDX-License-Identifier: Apache-2.0 */
/* The attach posts a change to the reader, which makes it between two events (delegation, Calciu et al. 2013). */
#include <pthread.h>

#include "slots.h"
#include "workload.h"

#define ONLINE 0
#define OFFLINE 1
#define HELD 2
#define POSTED 3

struct guard {
	uint32_t entries;
	struct slots controls;
	struct record **tables;
	pthread_mutex_t writers;
	char free[PADDED];
	uint32_t posted_position;
	uint64_t posted_attachment;
};

static void guard_open(struct guard *guard, int readers)
{
	guard->controls = slots_of(readers);
	guard->tables = memory((size_t)readers * sizeof(*guard->tables));
	for (int i = 0; i < readers; i++) {
		guard->tables[i] = memory(guard->entries * sizeof(struct record));
		atomic_store(&guard->controls.all[i].word, OFFLINE);
	}
	pthread_mutex_init(&guard->writers, NULL);
}

static inline bool swap(_Atomic uint64_t *word, uint64_t seen, uint64_t next)
{
	return atomic_compare_exchange_strong(word, &seen, next);
}

static bool make_posted_change(struct guard *guard, int slot)
{
	_Atomic uint64_t *word = &guard->controls.all[slot].word;

	if (atomic_load_explicit(word, acquire) != POSTED)
		return false;
	record_store(&guard->tables[slot][guard->posted_position], guard->posted_attachment);
	atomic_store_explicit(word, ONLINE, release);
	return true;
}

static __attribute__((noinline)) void come_online(struct guard *guard, int slot)
{
	for (unsigned round = 0;
	     !make_posted_change(guard, slot) && !swap(&guard->controls.all[slot].word, OFFLINE, ONLINE); round++)
		backoff(round);
}

static inline void look_at_control(struct guard *guard, int slot)
{
	if (LOAD_ACQUIRE(guard->controls.all[slot].word) != ONLINE)
		come_online(guard, slot);
}

static inline void guard_quiesce(struct guard *guard, int slot)
{
	_Atomic uint64_t *word = &guard->controls.all[slot].word;
	uint64_t seen = atomic_load_explicit(word, acquire);

	while (seen == ONLINE || seen == POSTED) {
		make_posted_change(guard, slot);
		swap(word, ONLINE, OFFLINE);
		seen = atomic_load_explicit(word, acquire);
	}
}

static void guard_enter(struct guard *guard, int slot)
{
	(void)guard;
	(void)slot;
}

static void guard_leave(struct guard *guard, int slot)
{
	guard_quiesce(guard, slot);
}

static inline uint64_t guard_translate(struct guard *guard, int slot, uint32_t position)
{
	look_at_control(guard, slot);
	return record_snapshot(&guard->tables[slot][position]);
}

static inline int guard_report(struct guard *guard, int slot, uint32_t position, struct sink *sink)
{
	look_at_control(guard, slot);
	return deliver(record_load(&guard->tables[slot][position]), sink);
}

static void hand_over(struct guard *guard, int slot)
{
	_Atomic uint64_t *word = &guard->controls.all[slot].word;

	while (true) {
		if (swap(word, OFFLINE, HELD)) {
			record_store(&guard->tables[slot][guard->posted_position], guard->posted_attachment);
			atomic_store_explicit(word, OFFLINE, release);
			return;
		}
		if (swap(word, ONLINE, POSTED)) {
			for (unsigned round = 0; atomic_load_explicit(word, acquire) == POSTED; round++)
				backoff(round);
			return;
		}
	}
}

static void guard_commit(struct guard *guard, uint32_t position, uint64_t attachment)
{
	pthread_mutex_lock(&guard->writers);
	guard->posted_position = position;
	guard->posted_attachment = attachment;
	for (int i = 0; i < guard->controls.count; i++)
		hand_over(guard, i);
	pthread_mutex_unlock(&guard->writers);
}

CONTESTANT(lock_hand_over, "hand-over", "hand-over", false)
