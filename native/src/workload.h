/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What a reader does, as the benchmarks of the Java side have it: StreamIds, TranslateBenchmark, RecordSink,
 * EventSource. Each lock makes these loops anew, so that the compiler sees through them, as the JVM's does with one
 * strategy loaded.
 */
#ifndef STEWARD_WORKLOAD_H
#define STEWARD_WORKLOAD_H

#include "records.h"

/* Events in a batch, after which a handler says that it holds nothing. */
#define BATCH 64
#define NODES 64
#define F_TRANSLATION 0x10

/* One step of a 64-bit xorshift (Marsaglia 2003), upper half, masked. */
struct stream_ids {
	uint64_t state;
	uint32_t mask;
};

static inline struct stream_ids stream_ids_of(uint32_t entries, uint64_t thread)
{
	return (struct stream_ids){0x9e3779b97f4a7c15ULL * (thread + 1), entries - 1};
}

static inline uint32_t next_stream_id(struct stream_ids *ids)
{
	ids->state ^= ids->state << 13;
	ids->state ^= ids->state >> 7;
	ids->state ^= ids->state << 17;
	return (uint32_t)(ids->state >> 32) & ids->mask;
}

/* The compiler must not think that nobody wants a value. */
static inline void consume(uint64_t value)
{
	__asm__ volatile("" ::"r"(value));
}

/* A report without a vEVENTQ: header and four words into the next of 64 nodes, then counted work. */
struct sink {
	uint64_t nodes[NODES][8];
	uint32_t sequence;
	uint32_t tokens;
	uint64_t consumed;
};

/* The work of JMH's Blackhole.consumeCPU. */
static inline void consume_cpu(struct sink *sink)
{
	uint64_t t = sink->consumed;

	for (uint64_t i = sink->tokens; i > 0; i--)
		t += (t * 0x5DEECE66DULL + 0xBULL + i) & 0xFFFFFFFFFFFFULL;
	if (t == 42)
		sink->consumed += t;
}

static inline int sink_report(struct sink *sink, uint32_t viommu_id, uint32_t virtual_stream_id)
{
	volatile uint64_t *node = sink->nodes[sink->sequence & (NODES - 1)];

	node[0] = (uint64_t)sink->sequence << 32;
	node[1] = F_TRANSLATION | (uint64_t)virtual_stream_id << 32;
	node[2] = 0;
	node[3] = viommu_id;
	node[4] = 0;
	if (sink->tokens > 0)
		consume_cpu(sink);
	sink->sequence = (sink->sequence + 1) & 0x7fffffff;
	return (int)sink->sequence;
}

/* What every report ends in. */
static inline int deliver(uint64_t attachment, struct sink *sink)
{
	if (is_attached(attachment))
		return sink_report(sink, (uint32_t)(attachment >> 32), (uint32_t)attachment);
	return attachment == NOT_ATTACHED ? -1 : -2;
}

/* A guard over the records, as the harness sees it. */
struct contestant {
	const char *name;
	/* The Java strategy with the same algorithm, "" if there is none. */
	const char *strategy;
	/* Has no lock: the oracle must catch it. */
	bool racy;
	void *(*open)(uint32_t entries, int readers);
	/* The calling thread begins and ends to be the reader of a slot. */
	void (*enter)(void *guard, int slot);
	void (*leave)(void *guard, int slot);
	/* A batch; the number of snapshots that failed their check. */
	uint64_t (*translate)(void *guard, int slot, struct stream_ids *ids);
	/* A batch; the number of events that were not reported. */
	uint64_t (*report)(void *guard, int slot, struct stream_ids *ids, struct sink *sink);
	void (*commit)(void *guard, uint32_t stream_id, uint64_t attachment);
};

/*
 * Makes a contestant of struct guard and the functions guard_open, guard_enter, guard_leave, guard_translate,
 * guard_report, guard_commit and guard_quiesce of a file.
 */
#define CONTESTANT(symbol, its_name, its_strategy, is_racy)                                                    \
	static void *open_it(uint32_t entries, int readers)                                                    \
	{                                                                                                      \
		struct guard *guard = memory(sizeof(struct guard));                                            \
		guard->entries = entries;                                                                      \
		guard_open(guard, readers);                                                                    \
		return guard;                                                                                  \
	}                                                                                                      \
	static void enter_it(void *guard, int slot)                                                            \
	{                                                                                                      \
		guard_enter(guard, slot);                                                                      \
	}                                                                                                      \
	static void leave_it(void *guard, int slot)                                                            \
	{                                                                                                      \
		guard_leave(guard, slot);                                                                      \
	}                                                                                                      \
	static uint64_t translate_batch(void *guard, int slot, struct stream_ids *ids)                         \
	{                                                                                                      \
		struct guard *it = guard;                                                                      \
		uint64_t torn = 0;                                                                             \
		for (int i = 0; i < BATCH; i++) {                                                              \
			uint32_t id = next_stream_id(ids);                                                     \
			uint64_t found = id < it->entries ? guard_translate(it, slot, id) : UNKNOWN_STREAM;    \
			torn += found == TORN;                                                                 \
			consume(found);                                                                        \
		}                                                                                              \
		guard_quiesce(it, slot);                                                                       \
		return torn;                                                                                   \
	}                                                                                                      \
	static uint64_t report_batch(void *guard, int slot, struct stream_ids *ids, struct sink *sink)         \
	{                                                                                                      \
		struct guard *it = guard;                                                                      \
		uint64_t failed = 0;                                                                           \
		for (int i = 0; i < BATCH; i++) {                                                              \
			uint32_t id = next_stream_id(ids);                                                     \
			int result = id < it->entries ? guard_report(it, slot, id, sink) : -2;                 \
			failed += result < 0;                                                                  \
			consume((uint64_t)result);                                                             \
		}                                                                                              \
		guard_quiesce(it, slot);                                                                       \
		return failed;                                                                                 \
	}                                                                                                      \
	static void commit_it(void *guard, uint32_t stream_id, uint64_t attachment)                            \
	{                                                                                                      \
		guard_commit(guard, stream_id, attachment);                                                    \
	}                                                                                                      \
	const struct contestant symbol = {its_name,   its_strategy, is_racy,         open_it,      enter_it,   \
					  leave_it,   translate_batch, report_batch, commit_it};

#endif
