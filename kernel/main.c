// SPDX-License-Identifier: GPL-2.0 OR Apache-2.0
/*
 * stewardscale: what the kernel's own locks cost between event threads that look streams up and attach threads that
 * replace what is found. Loading the module is the run: insmod returns when it is over, or sooner by a signal, and
 * nothing goes on afterwards. The lines that it prints are described in output.c.
 *
 * Open loop: events and attaches have intended times, drawn from a seed and never moved; a latency counts from there.
 * Closed loop: the workload of the JMH benchmarks TranslateBenchmark and ChurnBenchmark, or SectionLengthBenchmark if
 * there is a section; the seed 0 gives the very streams that they look up.
 */
#define pr_fmt(fmt) KBUILD_MODNAME ": v1 " fmt

#include <linux/cpumask.h>
#include <linux/ctype.h>
#include <linux/hrtimer.h>
#include <linux/kthread.h>
#include <linux/limits.h>
#include <linux/mm.h>
#include <linux/module.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/wait.h>

#include "stewardscale.h"

#define MAX_ENTRIES		(1U << 20)
#define MAX_THREADS		64U
#define MAX_RATE		10000000U
#define MAX_SECTION_NS		1000000U
#define MAX_WARMUP_MS		10000U
#define MAX_DURATION_MS		60000U
#define MAX_ID_LENGTH		32
/* A shorter wait is spun: to sleep and wake costs as much. */
#define SPIN_NS			10000
/* A real-time thread that has not slept for so long lets the others run: 1 % of its time. */
#define BUSY_NS			(50 * NSEC_PER_MSEC)
#define REST_NS			(500 * NSEC_PER_USEC)
/* Threads begin together, when the last of them has long been made. */
#define HEADSTART_NS		(20 * NSEC_PER_MSEC)
/* Seeds of the published workload: readers count from 0, the writer has this number. */
#define FIRST_ATTACH_SEED	7919
#define SEED_FACTOR		0x9e3779b97f4a7c15ULL
#define CLOCK_CALLS		1000
/* A gap is a number of 16 binary digits times the mean. */
#define GAP_SHIFT		16

static char *lock = "all";
module_param(lock, charp, 0444);
MODULE_PARM_DESC(lock, "locks, separated by commas, or all");
static char *mode = "open";
module_param(mode, charp, 0444);
MODULE_PARM_DESC(mode, "open: intended arrivals; closed: look-ups without a pause, as the JMH benchmarks");
static char *id = "0";
module_param(id, charp, 0444);
MODULE_PARM_DESC(id, "name of the run in its lines: letters, digits, dashes");
static unsigned int entries = 4096;
module_param(entries, uint, 0444);
MODULE_PARM_DESC(entries, "entries of the table, a power of two");
static unsigned int readers = 1;
module_param(readers, uint, 0444);
MODULE_PARM_DESC(readers, "event threads");
static unsigned int attach_threads = 1;
module_param(attach_threads, uint, 0444);
MODULE_PARM_DESC(attach_threads, "attach threads, may be 0");
static unsigned int event_rate = 20000;
module_param(event_rate, uint, 0444);
MODULE_PARM_DESC(event_rate, "events per second of each event thread, open loop only");
static unsigned int attach_rate = 100;
module_param(attach_rate, uint, 0444);
MODULE_PARM_DESC(attach_rate, "attaches per second of each attach thread; 0, closed loop only: without a pause");
static unsigned int section;
module_param(section, uint, 0444);
MODULE_PARM_DESC(section, "ns for which a report keeps its section busy");
static unsigned long seed;
module_param(seed, ulong, 0444);
MODULE_PARM_DESC(seed, "seed of streams and times");
static unsigned int warmup = 200;
module_param(warmup, uint, 0444);
MODULE_PARM_DESC(warmup, "ms before anything is recorded");
static unsigned int duration = 1000;
module_param(duration, uint, 0444);
MODULE_PARM_DESC(duration, "ms that are recorded, for each lock");

struct settings settings;
struct table table;
struct worker *workers;
bool stopping;

static const struct lock_type *running;
static u64 start_ns, window_ns, end_ns;
static atomic_t working;
static DECLARE_WAIT_QUEUE_HEAD(all_done);

unsigned int worker_count(void)
{
	return settings.readers + settings.attach_threads;
}

static bool is_stopping(void)
{
	return unlikely(READ_ONCE(stopping));
}

static void record(struct figure *figure, u64 value)
{
	figure->count++;
	figure->sum += value;
	figure->min = min(figure->min, value);
	figure->max = max(figure->max, value);
	figure->buckets[value ? ilog2(value) : 0]++;
}

static void sleep_until(u64 due_ns)
{
	ktime_t due = ns_to_ktime(due_ns);

	set_current_state(TASK_INTERRUPTIBLE);
	if (is_stopping())
		__set_current_state(TASK_RUNNING);
	else
		schedule_hrtimeout_range(&due, 0, HRTIMER_MODE_ABS);
}

/*
 * Waits for an intended time; who is late goes on at once. A thread at a real-time priority that is always late would
 * keep everything else from its CPU, grace periods included.
 */
static void await(struct worker *worker, u64 due_ns, u64 *awake_ns)
{
	u64 now_ns = ktime_get_ns();

	if (now_ns < due_ns && due_ns - now_ns > SPIN_NS) {
		sleep_until(due_ns);
		*awake_ns = ktime_get_ns();
	} else if (now_ns - *awake_ns > BUSY_NS && !worker->attaches) {
		worker->counts.rests++;
		sleep_until(now_ns + REST_NS);
		*awake_ns = ktime_get_ns();
	} else {
		cond_resched();
	}
	while (ktime_get_ns() < due_ns && !is_stopping())
		cpu_relax();
}

/*
 * A gap between two arrivals of a Poisson process, but for the logarithm: it is drawn with straight lines between the
 * powers of two, -log2(u) = k - m for u = 2^-k (1 + m), whose mean is 3/2.
 */
static u64 random_gap(struct worker *worker, unsigned int rate)
{
	u64 mean_ns = NSEC_PER_SEC / rate;
	u64 random = next_random(worker) | 1;
	unsigned int exponent = ilog2(random);
	u64 mantissa = random << (63 - exponent) << 1 >> (64 - GAP_SHIFT);
	u64 draw = ((u64)(64 - exponent) << GAP_SHIFT) - mantissa;

	return (mean_ns * draw * 2 / 3) >> GAP_SHIFT;
}

/* A driver is asked at random times, the benchmarks attach at even ones. */
static u64 gap_after(struct worker *worker)
{
	unsigned int rate = worker->attaches ? settings.attach_rate : settings.event_rate;

	return settings.closed ? NSEC_PER_SEC / rate : random_gap(worker, rate);
}

static void work(struct worker *worker)
{
	unsigned int round = worker->figures[0].per;

	if (worker->attaches)
		running->attach(worker);
	else if (settings.closed && !settings.section_ns)
		running->translate(worker, round);
	else
		running->report(worker, round);
}

static void run_paced(struct worker *worker)
{
	u64 due_ns = start_ns + gap_after(worker);
	u64 awake_ns = start_ns;

	for (; due_ns < end_ns && !is_stopping(); due_ns += gap_after(worker)) {
		u64 begin_ns, done_ns;

		await(worker, due_ns, &awake_ns);
		begin_ns = ktime_get_ns();
		if (begin_ns >= end_ns) {
			worker->counts.missed++;
			continue;
		}
		work(worker);
		done_ns = ktime_get_ns();
		if (begin_ns >= window_ns)
			record(&worker->figures[0], done_ns - begin_ns);
		if (due_ns >= window_ns)
			record(&worker->figures[1], done_ns - due_ns);
	}
}

/*
 * The time of a round follows on that of the one before, so whatever takes the CPU away is in it. There is no figure
 * from an intended time.
 */
static void run_unpaced(struct worker *worker)
{
	u64 now_ns = ktime_get_ns();

	while (now_ns < end_ns && !is_stopping()) {
		u64 then_ns = now_ns;

		work(worker);
		cond_resched();
		now_ns = ktime_get_ns();
		if (then_ns >= window_ns && now_ns <= end_ns)
			record(&worker->figures[0], now_ns - then_ns);
	}
}

static int run_worker(void *argument)
{
	struct worker *worker = argument;

	sleep_until(start_ns);
	if (settings.closed && !(worker->attaches && settings.attach_rate))
		run_unpaced(worker);
	else
		run_paced(worker);
	if (atomic_dec_and_test(&working))
		wake_up(&all_done);
	set_current_state(TASK_INTERRUPTIBLE);
	while (!kthread_should_stop()) {
		schedule();
		set_current_state(TASK_INTERRUPTIBLE);
	}
	__set_current_state(TASK_RUNNING);
	return 0;
}

/* Threads in turn on the CPUs that are online. */
static unsigned int cpu_of(unsigned int number)
{
	unsigned int wanted = number % num_online_cpus();
	unsigned int cpu;

	for_each_online_cpu(cpu)
		if (!wanted--)
			return cpu;
	return cpumask_first(cpu_online_mask);
}

static void name_figure(struct figure *figure, const char *what, unsigned int per)
{
	figure->what = what;
	figure->per = per;
	figure->min = U64_MAX;
}

static void name_figures(struct worker *worker)
{
	if (worker->attaches) {
		name_figure(&worker->figures[0], "commit", 1);
		if (settings.attach_rate)
			name_figure(&worker->figures[1], "attach", 1);
	} else if (!settings.closed) {
		name_figure(&worker->figures[0], "service", 1);
		name_figure(&worker->figures[1], "event", 1);
	} else if (settings.section_ns) {
		name_figure(&worker->figures[0], "report", ROUND_OF_SECTIONS);
	} else {
		name_figure(&worker->figures[0], "translate", ROUND);
	}
}

static int make_spares(struct worker *worker)
{
	unsigned int i;

	worker->spare_memory = kvcalloc(SPARES, sizeof(struct entry), GFP_KERNEL);
	if (!worker->spare_memory)
		return -ENOMEM;
	for (i = 0; i < SPARES; i++)
		llist_add(&worker->spare_memory[i].spare, &worker->spares);
	return 0;
}

static void free_all(void)
{
	unsigned int i;

	for (i = 0; workers && i < worker_count(); i++)
		kvfree(workers[i].spare_memory);
	kvfree(workers);
	workers = NULL;
	kvfree(table.entries);
	kvfree(table.slots);
	kvfree(table.retired);
	memset(&table, 0, sizeof(table));
}

static int make_all(const struct lock_type *type)
{
	unsigned int i;

	table.entries = kvcalloc(settings.entries, sizeof(*table.entries), GFP_KERNEL);
	table.slots = kvcalloc(settings.entries, sizeof(*table.slots), GFP_KERNEL);
	table.retired = kvcalloc(settings.entries, sizeof(*table.retired), GFP_KERNEL);
	workers = kvcalloc(worker_count(), sizeof(*workers), GFP_KERNEL);
	if (!table.entries || !table.slots || !table.retired || !workers)
		return -ENOMEM;
	for (i = 0; i < settings.entries; i++) {
		table.entries[i].stream = i;
		fill_entry(&table.entries[i], attachment_of(i, 1), 1);
		RCU_INIT_POINTER(table.slots[i], &table.entries[i]);
	}
	for (i = 0; i < worker_count(); i++) {
		struct worker *worker = &workers[i];
		u64 number;

		worker->number = i;
		worker->cpu = cpu_of(i);
		worker->attaches = i >= settings.readers;
		worker->mask = settings.entries - 1;
		number = worker->attaches ? FIRST_ATTACH_SEED + i - settings.readers : i;
		/* 0 is the one state that the generator never leaves. */
		worker->random = SEED_FACTOR * (settings.seed * (2 * FIRST_ATTACH_SEED) + number + 1) ?: SEED_FACTOR;
		name_figures(worker);
		if (worker->attaches && type->behind_pointer && make_spares(worker))
			return -ENOMEM;
	}
	return 0;
}

static void stop_threads(void)
{
	unsigned int i;

	WRITE_ONCE(stopping, true);
	for (i = 0; i < worker_count(); i++) {
		if (workers[i].task)
			kthread_stop(workers[i].task);
	}
}

static int start_threads(void)
{
	unsigned int i;

	for (i = 0; i < worker_count(); i++) {
		struct worker *worker = &workers[i];
		struct task_struct *task = kthread_create(run_worker, worker, "steward/%u", i);

		if (IS_ERR(task))
			return PTR_ERR(task);
		kthread_bind(task, worker->cpu);
		/* As the threaded handler of an interrupt: SCHED_FIFO, priority 50. */
		if (!worker->attaches && !settings.closed)
			sched_set_fifo(task);
		worker->task = task;
	}
	atomic_set(&working, worker_count());
	start_ns = ktime_get_ns() + HEADSTART_NS;
	window_ns = start_ns + settings.warmup_ms * NSEC_PER_MSEC;
	end_ns = window_ns + settings.duration_ms * NSEC_PER_MSEC;
	for (i = 0; i < worker_count(); i++)
		wake_up_process(workers[i].task);
	return 0;
}

static u64 clock_cost(void)
{
	u64 begin_ns = ktime_get_ns();
	unsigned int i;

	for (i = 0; i < CLOCK_CALLS; i++)
		ktime_get_ns();
	return (ktime_get_ns() - begin_ns) / CLOCK_CALLS;
}

static int run_lock(const struct lock_type *type)
{
	int result = make_all(type);

	if (result)
		goto free;
	result = type->set_up();
	if (result)
		goto free;
	running = type;
	WRITE_ONCE(stopping, false);
	print_begin(type, clock_cost());
	result = start_threads();
	if (!result)
		result = wait_event_interruptible(all_done, !atomic_read(&working));
	stop_threads();
	type->tear_down();
	if (!result) {
		print_figures(type);
		print_end(type);
	}
free:
	free_all();
	return result;
}

static const struct lock_type *named(const char *name, size_t length)
{
	unsigned int i;

	for (i = 0; i < lock_type_count; i++) {
		if (strlen(lock_types[i].name) == length && !strncmp(lock_types[i].name, name, length))
			return &lock_types[i];
	}
	return NULL;
}

static int run_all(void)
{
	unsigned int i;

	for (i = 0; i < lock_type_count; i++) {
		int result = run_lock(&lock_types[i]);

		if (result)
			return result;
	}
	return 0;
}

/* Runs what is named, or only looks whether all of it is there. */
static int run_named(bool look_only)
{
	const char *name = lock;

	if (!strcmp(lock, "all"))
		return look_only ? 0 : run_all();
	for (;;) {
		size_t length = strcspn(name, ",");
		const struct lock_type *type = named(name, length);
		int result;

		if (!type) {
			pr_err("refused lock=%s: there is no '%.*s'\n", lock, (int)length, name);
			return -EINVAL;
		}
		result = look_only ? 0 : run_lock(type);
		if (result || !name[length])
			return result;
		name += length + 1;
	}
}

static int check_number(const char *name, unsigned int value, unsigned int least, unsigned int most)
{
	if (value >= least && value <= most)
		return 0;
	pr_err("refused %s=%u: allowed is %u to %u\n", name, value, least, most);
	return -EINVAL;
}

static int check_words(void)
{
	size_t i;

	settings.closed = !strcmp(mode, "closed");
	if (!settings.closed && strcmp(mode, "open")) {
		pr_err("refused mode=%s: allowed is open, closed\n", mode);
		return -EINVAL;
	}
	for (i = 0; id[i] && (isalnum(id[i]) || id[i] == '-'); i++)
		;
	if (!i || id[i] || i > MAX_ID_LENGTH) {
		pr_err("refused id: allowed is up to %d letters, digits and dashes\n", MAX_ID_LENGTH);
		return -EINVAL;
	}
	return run_named(true);
}

static int check_parameters(void)
{
	int result = check_words();

	if (!result && !is_power_of_2(entries)) {
		pr_err("refused entries=%u: allowed is a power of two\n", entries);
		result = -EINVAL;
	}
	result = result ?: check_number("entries", entries, 1, MAX_ENTRIES);
	result = result ?: check_number("readers", readers, 1, MAX_THREADS);
	result = result ?: check_number("attach_threads", attach_threads, 0, MAX_THREADS);
	result = result ?: check_number("event_rate", event_rate, 1, MAX_RATE);
	result = result ?: check_number("attach_rate", attach_rate, settings.closed ? 0 : 1, MAX_RATE);
	result = result ?: check_number("section", section, 0, MAX_SECTION_NS);
	result = result ?: check_number("warmup", warmup, 0, MAX_WARMUP_MS);
	result = result ?: check_number("duration", duration, 1, MAX_DURATION_MS);
	settings.entries = entries;
	settings.readers = readers;
	settings.attach_threads = attach_threads;
	settings.event_rate = event_rate;
	settings.attach_rate = attach_rate;
	settings.section_ns = section;
	settings.warmup_ms = warmup;
	settings.duration_ms = duration;
	settings.seed = seed;
	settings.id = id;
	return result;
}

static int __init stewardscale_init(void)
{
	int result = check_parameters();

	if (result)
		return result;
	result = run_named(false);
	/* A signal; the call is not one that can be started again. */
	if (result == -ERESTARTSYS)
		result = -EINTR;
	if (result)
		pr_err("stopped id=%s error=%d\n", settings.id, result);
	return result;
}

static void __exit stewardscale_exit(void)
{
	/* Nothing is left of a run. */
}

module_init(stewardscale_init);
module_exit(stewardscale_exit);

MODULE_DESCRIPTION("Cost of the kernel's locks between event and attach threads");
MODULE_AUTHOR("The Steward authors");
/* The sources may be used under the GPL 2.0 or the Apache License 2.0; a kernel uses them under the former. */
MODULE_LICENSE("GPL");
