// SPDX-License-Identifier: GPL-2.0 OR Apache-2.0
/*
 * The contestants: how a reader enters and leaves its section, and how an attach replaces what an entry says. A lock is
 * built into its own loops, so that no call through a pointer stands between two look-ups.
 */
#include <linux/delay.h>
#include <linux/mutex.h>
#include <linux/percpu-rwsem.h>
#include <linux/rwsem.h>
#include <linux/seqlock.h>
#include <linux/spinlock.h>
#include <linux/srcu.h>

#include "stewardscale.h"

#define SPINS_BEFORE_SLEEP	1000

/* Each on lines of its own. */
static struct {
	struct mutex attach ____cacheline_aligned_in_smp;	/* as the core's group mutex: one attach at a time */
	struct mutex mutex ____cacheline_aligned_in_smp;
	struct rw_semaphore rwsem ____cacheline_aligned_in_smp;
	struct percpu_rw_semaphore percpu_rwsem ____cacheline_aligned_in_smp;
	rwlock_t rwlock ____cacheline_aligned_in_smp;
	spinlock_t spinlock ____cacheline_aligned_in_smp;
	seqlock_t seqlock ____cacheline_aligned_in_smp;
	struct srcu_struct srcu ____cacheline_aligned_in_smp;
} guards ____cacheline_aligned_in_smp;

/* What all locks do with an entry. */

static __always_inline void load(const struct entry *entry, struct words *words)
{
	words->state = READ_ONCE(entry->state);
	words->virtual_id = READ_ONCE(entry->virtual_id);
	words->generation = READ_ONCE(entry->generation);
	words->checksum = READ_ONCE(entry->checksum);
}

/* The attachment that the words name, if they belong together. */
static __always_inline u64 verify(struct worker *worker, const struct words *words)
{
	if (unlikely(words->checksum != checksum_of(words->state, words->virtual_id, words->generation))) {
		worker->counts.torn++;
		return TORN;
	}
	if (unlikely(!(words->state >> 32)))
		return NOT_ATTACHED;
	return (words->state & ~0xffffffffULL) | words->virtual_id;
}

/* What is computed and then thrown away would not be computed. */
static __always_inline void consume(u64 value)
{
	asm volatile("" : : "r" (value));
}

void fill_entry(struct entry *entry, u64 attachment, u64 generation)
{
	u64 state = (attachment & ~0xffffffffULL) | STATE_VALID;
	u64 virtual_id = attachment & 0xffffffffULL;

	WRITE_ONCE(entry->state, state);
	WRITE_ONCE(entry->virtual_id, virtual_id);
	WRITE_ONCE(entry->generation, generation);
	WRITE_ONCE(entry->checksum, checksum_of(state, virtual_id, generation));
}

/* The attachment of the published workload: vIOMMU id from the round, virtual StreamID from both. */
u64 attachment_of(u32 stream, u32 round)
{
	return (u64)((round & 0x7fffffff) | 1) << 32 | (u32)(stream * 31 + round);
}

static void hold_section(void)
{
	u64 end;

	if (!settings.section_ns)
		return;
	end = ktime_get_ns() + settings.section_ns;
	while (ktime_get_ns() < end)
		cpu_relax();
}

/* At the end of a section: has an attach returned that had to wait for it? */
static void check_late(struct worker *worker, u32 stream, const struct words *words)
{
	if (READ_ONCE(table.retired[stream]) >= words->generation)
		worker->counts.late++;
}

/* As well: is the entry still what it was? For locks that keep it so. */
static void check_unchanged(struct worker *worker, const struct entry *entry, const struct words *words)
{
	if (READ_ONCE(entry->generation) != words->generation || READ_ONCE(entry->checksum) != words->checksum)
		worker->counts.changed++;
}

/*
 * The attach is about to return, or its deferred end has come: no section may be left that uses this generation or an
 * older one. Two attaches of one stream may store in the wrong order, which hides a violation and makes none up.
 */
static void retire(u32 stream, u64 generation)
{
	WRITE_ONCE(table.retired[stream], generation);
}

/* Entries that are changed in place. */

#define READER(name, find)									\
static void scale_##name##_translate(struct worker *worker, unsigned int count)			\
{												\
	struct words words;									\
	u64 attachment;										\
	u32 stream;										\
	int cookie;										\
												\
	while (count--) {									\
		stream = next_stream(worker);							\
		cookie = scale_##name##_enter();							\
		load(find(stream), &words);							\
		attachment = verify(worker, &words);						\
		scale_##name##_leave(cookie);								\
		consume(attachment);								\
	}											\
}												\
												\
static void scale_##name##_report(struct worker *worker, unsigned int count)				\
{												\
	const struct entry *entry;								\
	struct words words;									\
	u32 stream;										\
	int cookie;										\
												\
	while (count--) {									\
		stream = next_stream(worker);							\
		cookie = scale_##name##_enter();							\
		entry = find(stream);								\
		load(entry, &words);								\
		consume(verify(worker, &words));						\
		hold_section();									\
		check_unchanged(worker, entry, &words);						\
		check_late(worker, stream, &words);						\
		scale_##name##_leave(cookie);								\
	}											\
}

#define IN_PLACE(stream)	(&table.entries[stream])

#define IN_PLACE_ATTACH(name)									\
static void scale_##name##_attach(struct worker *worker)						\
{												\
	u32 stream = next_stream(worker);							\
	u64 attachment = attachment_of(stream, ++worker->round);				\
	struct entry *entry = IN_PLACE(stream);							\
	u64 old;										\
												\
	scale_##name##_exclude();									\
	old = entry->generation;								\
	fill_entry(entry, attachment, old + 1);							\
	scale_##name##_admit();										\
	retire(stream, old);									\
}

/* How to enter and leave as a reader, and as an attach. The cookie is SRCU's. */
#define SECTION(name, enter, leave)								\
static __always_inline int scale_##name##_enter(void) { enter; }					\
static __always_inline void scale_##name##_leave(int cookie) { leave; }

#define EXCLUSION(name, exclude, admit)							\
static __always_inline void scale_##name##_exclude(void) { exclude; }					\
static __always_inline void scale_##name##_admit(void) { admit; }

#define IN_PLACE_LOCK(name, enter, leave, exclude, admit)					\
	SECTION(name, enter; return 0, leave)							\
	EXCLUSION(name, exclude, admit)								\
	READER(name, IN_PLACE)									\
	IN_PLACE_ATTACH(name)

IN_PLACE_LOCK(none, barrier(), barrier(), barrier(), barrier())
IN_PLACE_LOCK(mutex, mutex_lock(&guards.mutex), mutex_unlock(&guards.mutex),
	      mutex_lock(&guards.mutex), mutex_unlock(&guards.mutex))
IN_PLACE_LOCK(rwsem, down_read(&guards.rwsem), up_read(&guards.rwsem),
	      down_write(&guards.rwsem), up_write(&guards.rwsem))
IN_PLACE_LOCK(percpu_rwsem, percpu_down_read(&guards.percpu_rwsem), percpu_up_read(&guards.percpu_rwsem),
	      percpu_down_write(&guards.percpu_rwsem), percpu_up_write(&guards.percpu_rwsem))
IN_PLACE_LOCK(rwlock, read_lock(&guards.rwlock), read_unlock(&guards.rwlock),
	      write_lock(&guards.rwlock), write_unlock(&guards.rwlock))
IN_PLACE_LOCK(spinlock, spin_lock(&guards.spinlock), spin_unlock(&guards.spinlock),
	      spin_lock(&guards.spinlock), spin_unlock(&guards.spinlock))

/*
 * The sequence lock: a reader repeats what a writer has disturbed, so it may only copy. That a copy is whole says
 * nothing about how long the vIOMMU lives, so a report takes a reference and looks at the sequence once more, and an
 * attach waits for the references of the generation that it has replaced.
 */

static void scale_seqlock_translate(struct worker *worker, unsigned int count)
{
	struct words words;
	unsigned int sequence;
	u32 stream;

	while (count--) {
		stream = next_stream(worker);
		sequence = read_seqbegin(&guards.seqlock);
		load(IN_PLACE(stream), &words);
		while (unlikely(read_seqretry(&guards.seqlock, sequence))) {
			worker->counts.retries++;
			sequence = read_seqbegin(&guards.seqlock);
			load(IN_PLACE(stream), &words);
		}
		consume(verify(worker, &words));
	}
}

/* The reference count that keeps the generation in use. */
static atomic64_t *scale_seqlock_pin(struct worker *worker, struct entry *entry, struct words *words)
{
	atomic64_t *references;
	unsigned int sequence;

	for (;;) {
		sequence = read_seqbegin(&guards.seqlock);
		load(entry, words);
		if (likely(!read_seqretry(&guards.seqlock, sequence))) {
			references = &entry->references[words->generation & 1];
			atomic64_inc(references);
			/* The reference is seen before the sequence is read; pairs with that of the attach. */
			smp_mb__after_atomic();
			if (likely(!read_seqretry(&guards.seqlock, sequence)))
				return references;
			atomic64_dec(references);
		}
		worker->counts.retries++;
	}
}

static void scale_seqlock_report(struct worker *worker, unsigned int count)
{
	atomic64_t *references;
	struct words words;
	u32 stream;

	while (count--) {
		stream = next_stream(worker);
		references = scale_seqlock_pin(worker, IN_PLACE(stream), &words);
		consume(verify(worker, &words));
		hold_section();
		check_late(worker, stream, &words);
		atomic64_fetch_dec_release(references);
	}
}

static void wait_for_reports(struct worker *worker, atomic64_t *references)
{
	unsigned int spins = 0;

	if (!atomic64_read_acquire(references))
		return;
	worker->counts.waits++;
	while (atomic64_read_acquire(references)) {
		if (++spins < SPINS_BEFORE_SLEEP)
			cpu_relax();
		else
			usleep_range(20, 50);
	}
}

static void scale_seqlock_attach(struct worker *worker)
{
	u32 stream = next_stream(worker);
	u64 attachment = attachment_of(stream, ++worker->round);
	struct entry *entry = IN_PLACE(stream);
	u64 old;

	/* Held over the wait: the next attach would use the other count, and then this one again. */
	mutex_lock(&guards.attach);
	write_seqlock(&guards.seqlock);
	old = entry->generation;
	fill_entry(entry, attachment, old + 1);
	write_sequnlock(&guards.seqlock);
	/* The sequence is seen before the references are read; pairs with that of the report. */
	smp_mb();
	wait_for_reports(worker, &entry->references[old & 1]);
	mutex_unlock(&guards.attach);
	retire(stream, old);
}

/*
 * Entries behind a pointer: an attach publishes a new one and reuses the old one when no reader can hold it any more.
 * The memory belongs to the module throughout, so that a lock that breaks this is caught and nothing else is hurt.
 */

#define BEHIND_POINTER(stream)	rcu_dereference_check(table.slots[stream], 1)

static struct entry *take_spare(struct worker *worker)
{
	struct llist_node *node = llist_del_first(&worker->spares);

	if (unlikely(!node)) {
		worker->counts.waits++;
		while (!node && !READ_ONCE(stopping)) {
			usleep_range(50, 100);
			node = llist_del_first(&worker->spares);
		}
	}
	return node ? llist_entry(node, struct entry, spare) : NULL;
}

/* The entry that was replaced, or NULL if the run ends. */
static struct entry *replace(struct worker *worker)
{
	u32 stream = next_stream(worker);
	u64 attachment = attachment_of(stream, ++worker->round);
	struct entry *fresh = take_spare(worker);
	struct entry *old;

	if (!fresh)
		return NULL;
	fresh->stream = stream;
	fresh->owner = worker->number;
	mutex_lock(&guards.attach);
	old = rcu_dereference_protected(table.slots[stream], lockdep_is_held(&guards.attach));
	fill_entry(fresh, attachment, old->generation + 1);
	rcu_assign_pointer(table.slots[stream], fresh);
	mutex_unlock(&guards.attach);
	/* The first entries have no owner. */
	old->owner = worker->number;
	return old;
}

/* The checksum is spoilt at once: who still reads the entry finds that out. */
static void recycle(struct entry *old)
{
	retire(old->stream, old->generation);
	WRITE_ONCE(old->checksum, ~old->checksum);
	llist_add(&old->spare, &workers[old->owner].spares);
}

static void recycle_later(struct rcu_head *rcu)
{
	recycle(container_of(rcu, struct entry, rcu));
}

#define POINTER_ATTACH(name, end_of_old)							\
static void scale_##name##_attach(struct worker *worker)						\
{												\
	struct entry *old = replace(worker);							\
												\
	if (old) {										\
		end_of_old;									\
	}											\
}

#define POINTER_LOCK(name, enter, leave, end_of_old)						\
	SECTION(name, enter, leave)								\
	READER(name, BEHIND_POINTER)								\
	POINTER_ATTACH(name, end_of_old)

POINTER_LOCK(none_pointer, return 0, barrier(), recycle(old))
POINTER_LOCK(srcu, return srcu_read_lock(&guards.srcu), srcu_read_unlock(&guards.srcu, cookie),
	     synchronize_srcu(&guards.srcu); recycle(old))
POINTER_LOCK(rcu_sync, rcu_read_lock(); return 0, rcu_read_unlock(), synchronize_rcu(); recycle(old))
POINTER_LOCK(rcu_call, rcu_read_lock(); return 0, rcu_read_unlock(), call_rcu(&old->rcu, recycle_later))

/* The list. */

static int set_up_plain(void)
{
	mutex_init(&guards.attach);
	mutex_init(&guards.mutex);
	init_rwsem(&guards.rwsem);
	rwlock_init(&guards.rwlock);
	spin_lock_init(&guards.spinlock);
	seqlock_init(&guards.seqlock);
	return 0;
}

static void tear_down_nothing(void)
{
}

static int set_up_percpu_rwsem(void)
{
	return percpu_init_rwsem(&guards.percpu_rwsem);
}

static void tear_down_percpu_rwsem(void)
{
	percpu_free_rwsem(&guards.percpu_rwsem);
}

static int set_up_srcu(void)
{
	set_up_plain();
	return init_srcu_struct(&guards.srcu);
}

static void tear_down_srcu(void)
{
	cleanup_srcu_struct(&guards.srcu);
}

static void tear_down_rcu_call(void)
{
	rcu_barrier();
}

#define LOCK(word, name_, pointer, broken, set_up_, tear_down_)				\
	{ .name = name_, .behind_pointer = pointer, .control = broken, .set_up = set_up_,	\
	  .tear_down = tear_down_, .translate = scale_##word##_translate, .report = scale_##word##_report,	\
	  .attach = scale_##word##_attach }

const struct lock_type lock_types[] = {
	LOCK(none, "none", false, true, set_up_plain, tear_down_nothing),
	LOCK(none_pointer, "none-pointer", true, true, set_up_plain, tear_down_nothing),
	LOCK(mutex, "mutex", false, false, set_up_plain, tear_down_nothing),
	LOCK(rwsem, "rwsem", false, false, set_up_plain, tear_down_nothing),
	LOCK(percpu_rwsem, "percpu-rwsem", false, false, set_up_percpu_rwsem, tear_down_percpu_rwsem),
	LOCK(rwlock, "rwlock", false, false, set_up_plain, tear_down_nothing),
	LOCK(spinlock, "spinlock", false, false, set_up_plain, tear_down_nothing),
	LOCK(seqlock, "seqlock", false, false, set_up_plain, tear_down_nothing),
	LOCK(srcu, "srcu", true, false, set_up_srcu, tear_down_srcu),
	LOCK(rcu_sync, "rcu-sync", true, false, set_up_plain, tear_down_nothing),
	LOCK(rcu_call, "rcu-call", true, false, set_up_plain, tear_down_rcu_call),
};

const unsigned int lock_type_count = ARRAY_SIZE(lock_types);
