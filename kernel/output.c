// SPDX-License-Identifier: GPL-2.0 OR Apache-2.0
/*
 * The lines of a run, version 1: "stewardscale: v1 KIND key=value ...", KIND being begin, figure, buckets or end. All
 * times are in ns unless the key says otherwise. The end counts the lines of its lock, so that a gap in the log shows.
 */
#define pr_fmt(fmt) KBUILD_MODNAME ": v1 " fmt

#include <linux/cpumask.h>
#include <linux/math64.h>
#include <linux/module.h>
#include <linux/utsname.h>

#include "stewardscale.h"

/* A line of printk ends below 1 KiB, and a bucket takes up to 24 characters. */
#define BUCKETS_PER_LINE	16
#define BUCKET_CHARACTERS	24

static unsigned int lines;

static const char *preemption(void)
{
	if (IS_ENABLED(CONFIG_PREEMPT_RT))
		return "rt";
	if (IS_ENABLED(CONFIG_PREEMPT_DYNAMIC))
		return "dynamic";
	if (IS_ENABLED(CONFIG_PREEMPT))
		return "full";
	return IS_ENABLED(CONFIG_PREEMPT_VOLUNTARY) ? "voluntary" : "none";
}

/* Whether the kernel checks its locks or its memory, which no figure survives. */
static bool is_checking(void)
{
	return IS_ENABLED(CONFIG_PROVE_LOCKING) || IS_ENABLED(CONFIG_LOCK_STAT) || IS_ENABLED(CONFIG_DEBUG_MUTEXES) ||
	       IS_ENABLED(CONFIG_DEBUG_SPINLOCK) || IS_ENABLED(CONFIG_KASAN) || IS_ENABLED(CONFIG_KCSAN);
}

void print_begin(const struct lock_type *lock, u64 clock_ns)
{
	lines = 1;
	pr_info("begin id=%s lock=%s mode=%s layout=%s control=%d entries=%u readers=%u attach_threads=%u event_rate=%u attach_rate=%u section_ns=%u seed=%lu warmup_ms=%u duration_ms=%u cpus=%u clock_ns=%llu preempt=%s checking=%d arch=%s kernel=%s\n",
		settings.id, lock->name, settings.closed ? "closed" : "open",
		lock->behind_pointer ? "pointer" : "in-place", lock->control, settings.entries, settings.readers,
		settings.attach_threads, settings.closed ? 0 : settings.event_rate, settings.attach_rate,
		settings.section_ns, settings.seed, settings.warmup_ms, settings.duration_ms, num_online_cpus(),
		clock_ns, preemption(), is_checking(), init_utsname()->machine, init_utsname()->release);
}

static void print_buckets(const struct lock_type *lock, const struct worker *worker, const struct figure *figure)
{
	char text[BUCKETS_PER_LINE * BUCKET_CHARACTERS];
	int length = 0, on_line = 0, left = 0, i;

	for (i = 0; i < BUCKETS; i++)
		left += figure->buckets[i] != 0;
	for (i = 0; i < BUCKETS; i++) {
		if (!figure->buckets[i])
			continue;
		length += scnprintf(text + length, sizeof(text) - length, "%s%d:%llu", on_line ? "," : "", i,
				    figure->buckets[i]);
		left--;
		if (++on_line == BUCKETS_PER_LINE || !left) {
			lines++;
			pr_info("buckets id=%s lock=%s thread=%u what=%s counts=%s\n", settings.id, lock->name,
				worker->number, figure->what, text);
			length = 0;
			on_line = 0;
		}
	}
}

void print_figures(const struct lock_type *lock)
{
	unsigned int i, j;

	for (i = 0; i < worker_count(); i++) {
		const struct worker *worker = &workers[i];

		for (j = 0; j < ARRAY_SIZE(worker->figures); j++) {
			const struct figure *figure = &worker->figures[j];

			if (!figure->what)
				continue;
			lines++;
			pr_info("figure id=%s lock=%s thread=%u role=%s cpu=%u what=%s per=%u count=%llu min=%llu mean=%llu max=%llu\n",
				settings.id, lock->name, worker->number, worker->attaches ? "attach" : "reader", worker->cpu,
				figure->what, figure->per, figure->count, figure->count ? figure->min : 0,
				figure->count ? div64_u64(figure->sum, figure->count) : 0, figure->max);
			print_buckets(lock, worker, figure);
		}
	}
}

void print_end(const struct lock_type *lock)
{
	struct counts sum = {};
	unsigned int i;

	for (i = 0; i < worker_count(); i++) {
		const struct counts *counts = &workers[i].counts;

		sum.torn += counts->torn;
		sum.late += counts->late;
		sum.changed += counts->changed;
		sum.retries += counts->retries;
		sum.waits += counts->waits;
		sum.missed += counts->missed;
		sum.rests += counts->rests;
	}
	lines++;
	pr_info("end id=%s lock=%s violations=%llu torn=%llu late=%llu changed=%llu retries=%llu waits=%llu missed=%llu rests=%llu lines=%u\n",
		settings.id, lock->name, sum.torn + sum.late + sum.changed, sum.torn, sum.late, sum.changed,
		sum.retries, sum.waits, sum.missed, sum.rests, lines);
}
