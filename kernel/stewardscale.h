/* SPDX-License-Identifier: GPL-2.0 OR Apache-2.0 */
/*
 * What the parts of the module share: parameters, the table, a thread and what it has measured, a lock.
 */
#ifndef STEWARDSCALE_H
#define STEWARDSCALE_H

#include <linux/atomic.h>
#include <linux/cache.h>
#include <linux/compiler.h>
#include <linux/ktime.h>
#include <linux/llist.h>
#include <linux/log2.h>
#include <linux/minmax.h>
#include <linux/rcupdate.h>
#include <linux/sched.h>
#include <linux/types.h>

#define ENTRY_BYTES		64
#define BUCKETS			64
/* Look-ups that are timed together, so that the clock stays out of the figure; fewer where each holds a section. */
#define ROUND			256U
#define ROUND_OF_SECTIONS	64U
/* Entries that an attach thread may have under way to the end of a grace period. */
#define SPARES			4096U

/* Of the command line, checked once; rates are per second, an attach rate of 0 is without a pause. */
struct settings {
	bool closed;
	unsigned int entries;
	unsigned int readers;
	unsigned int attach_threads;
	unsigned int event_rate;
	unsigned int attach_rate;
	unsigned int section_ns;
	unsigned int warmup_ms;
	unsigned int duration_ms;
	unsigned long seed;
	const char *id;
};

/*
 * As long as a stream table entry, on a line of its own. The first four words are what a reader reads: the checksum is
 * a function of the three before it, so that a mix of two attachments shows. The rest is used by some locks only.
 */
struct entry {
	u64 state;		/* vIOMMU id in the upper half, bit 0 valid */
	u64 virtual_id;
	u64 generation;		/* counts the attachments of the stream */
	u64 checksum;
	union {
		atomic64_t references[2];	/* seqlock: reports under way, of even and odd generations */
		struct rcu_head rcu;
	};
	struct llist_node spare;
	u32 stream;
	u32 owner;		/* attach thread whose spares it returns to */
} __aligned(ENTRY_BYTES);

struct words {
	u64 state;
	u64 virtual_id;
	u64 generation;
	u64 checksum;
};

/* Times of one kind, in ns. Bucket i counts values from 2^i on; 0 and 1 are in bucket 0. */
struct figure {
	const char *what;
	unsigned int per;	/* operations in each value */
	u64 count;
	u64 sum;
	u64 min;
	u64 max;
	u64 buckets[BUCKETS];
};

struct counts {
	u64 torn;		/* words that do not belong together */
	u64 late;		/* section still under way for an attachment whose replacing attach had returned */
	u64 changed;		/* entry changed or was reused under a section that excludes it */
	u64 retries;		/* optimistic reads that were repeated */
	u64 waits;		/* attaches that waited for a report, or for a spare entry */
	u64 missed;		/* intended operations that had not begun when time was up */
	u64 rests;		/* forced pauses of a thread that was never idle */
};

struct worker {
	u64 random;
	u32 mask;
	u32 round;		/* of attachments */
	struct counts counts;
	struct figure figures[2];
	struct llist_head spares;
	struct entry *spare_memory;
	struct task_struct *task;
	unsigned int number;
	unsigned int cpu;
	bool attaches;
} __aligned(2 * SMP_CACHE_BYTES);

/* One contestant. All calls are made by the worker's own thread and may sleep. */
struct lock_type {
	const char *name;
	bool behind_pointer;	/* an attach replaces the entry instead of changing it */
	bool control;		/* broken on purpose: the oracles must see it */
	int (*set_up)(void);
	void (*tear_down)(void);	/* when no thread is left; also ends what was deferred */
	void (*translate)(struct worker *worker, unsigned int count);
	void (*report)(struct worker *worker, unsigned int count);
	void (*attach)(struct worker *worker);
};

struct table {
	struct entry *entries;
	struct entry __rcu **slots;	/* where entries stand behind a pointer */
	u64 *retired;			/* newest generation of which no section may be left */
};

extern struct settings settings;
extern struct table table;
extern struct worker *workers;
extern const struct lock_type lock_types[];
extern const unsigned int lock_type_count;
extern bool stopping;

unsigned int worker_count(void);
void fill_entry(struct entry *entry, u64 attachment, u64 generation);
u64 attachment_of(u32 stream, u32 round);

void print_begin(const struct lock_type *lock, u64 clock_ns);
void print_figures(const struct lock_type *lock);
void print_end(const struct lock_type *lock);

/* The generator of the published workload: a step of a 64-bit xorshift (Marsaglia 2003), upper half, masked. */
static __always_inline u64 next_random(struct worker *worker)
{
	u64 random = worker->random;

	random ^= random << 13;
	random ^= random >> 7;
	random ^= random << 17;
	worker->random = random;
	return random;
}

static __always_inline u32 next_stream(struct worker *worker)
{
	return (u32)(next_random(worker) >> 32) & worker->mask;
}

/* Odd, without a pattern: the golden ratio and the multiplier of Steele and Vigna's SplitMix64. */
#define STATE_FACTOR	0x9e3779b97f4a7c15ULL
#define ID_FACTOR	0xbf58476d1ce4e5b9ULL
#define STATE_VALID	1ULL
#define NOT_ATTACHED	(~0ULL)
#define TORN		(~2ULL)

static __always_inline u64 checksum_of(u64 state, u64 virtual_id, u64 generation)
{
	return (state * STATE_FACTOR + virtual_id) * ID_FACTOR + generation;
}

#endif
