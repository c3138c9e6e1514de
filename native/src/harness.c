/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Runs one lock under one load for a while and prints one line of key=value. A process measures once: what the next one
 * finds in memory is not what this one left there.
 *
 *   twin list
 *   twin run LOCK [workload=translate|report] [readers=N] [writers=0|1] [rate=PER_SECOND|unlimited] [entries=N]
 *            [tokens=N] [warmup_ms=N] [ms=N] [cpus=A,B,...]
 *
 * Exit codes: 0 done; 1 it could not be measured; 2 a command line that cannot be used.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <pthread.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "list.h"
#include "workload.h"

#define MAX_THREADS 64
#define MAX_CPUS 1024
#define WRITER_SEED 7919
#define SPIN_NS 70000
#define NS_PER_MS 1000000ULL
#define NS_PER_S 1e9

#define DECLARE(lock) extern const struct contestant lock_##lock;
ALL_LOCKS(DECLARE)

#define ADDRESS(lock) &lock_##lock,
static const struct contestant *const contestants[] = {ALL_LOCKS(ADDRESS)};

enum phase { WARM_UP, MEASURE, STOP };

struct load {
	bool report;
	int readers;
	int writers;
	/* 0: as fast as it can. */
	double rate;
	uint32_t entries;
	uint32_t tokens;
	uint64_t warm_up_ms;
	uint64_t ms;
	int cpus[MAX_CPUS];
	int cpu_count;
};

struct worker {
	_Alignas(PADDED) pthread_t thread;
	int number;
	bool writer;
	uint64_t operations;
	uint64_t ns;
	uint64_t violations;
	struct sink sink;
};

static const struct contestant *lock;
static void *guard;
static struct load load = {
	.readers = 1, .entries = 4096, .rate = 10000, .warm_up_ms = 20, .ms = 100,
};
static struct worker workers[MAX_THREADS];
static _Alignas(PADDED) _Atomic int phase;
static _Alignas(PADDED) pthread_barrier_t start;

static _Noreturn void refuse(const char *what, const char *value, const char *allowed)
{
	fprintf(stderr, "twin: %s: '%s' is not allowed; %s\n", what, value, allowed);
	exit(2);
}

/* Threads take the CPUs in turn, readers first. */
static void bind_thread(int number)
{
	cpu_set_t set;

	if (load.cpu_count == 0)
		return;
	CPU_ZERO(&set);
	CPU_SET(load.cpus[number % load.cpu_count], &set);
	if (pthread_setaffinity_np(pthread_self(), sizeof(set), &set) != 0) {
		fprintf(stderr, "twin: CPU %d cannot be used here\n", load.cpus[number % load.cpu_count]);
		exit(1);
	}
}

static void begin_thread(int number)
{
	self()->number = (uint64_t)number + 1;
	STORE(self()->runnable, true);
	bind_thread(number);
}

static uint64_t attachment_for(uint32_t stream_id, uint32_t round)
{
	return attachment_of((round & 0x7fffffff) | 1, stream_id * 31 + round);
}

static void *read_events(void *it)
{
	struct worker *worker = it;
	struct stream_ids ids = stream_ids_of(load.entries, (uint64_t)worker->number);
	uint64_t start_ns = 0;

	begin_thread(worker->number);
	lock->enter(guard, worker->number);
	pthread_barrier_wait(&start);
	for (int now = LOAD(phase); now != STOP; now = LOAD(phase)) {
		uint64_t bad;

		if (now == MEASURE && start_ns == 0) {
			worker->operations = 0;
			start_ns = now_ns();
		}
		bad = load.report ? lock->report(guard, worker->number, &ids, &worker->sink)
				  : lock->translate(guard, worker->number, &ids);
		worker->violations += bad;
		worker->operations += BATCH;
	}
	/* One batch took the whole measured phase: what was counted is of the warm-up. */
	if (start_ns == 0)
		worker->operations = 0;
	worker->ns = start_ns ? now_ns() - start_ns : 0;
	lock->leave(guard, worker->number);
	return NULL;
}

/* Waits for a time of the schedule, which is never rebased: sleeps over long gaps, spins over their ends. */
static void await(uint64_t due_ns)
{
	for (uint64_t now = now_ns(); now < due_ns; now = now_ns()) {
		uint64_t left = due_ns - now;

		if (left > SPIN_NS) {
			struct timespec nap = {(time_t)((left - SPIN_NS) / 1000000000ULL),
					       (long)((left - SPIN_NS) % 1000000000ULL)};

			nanosleep(&nap, NULL);
		} else {
			cpu_pause();
		}
	}
}

static void *write_attachments(void *it)
{
	struct worker *worker = it;
	struct stream_ids ids = stream_ids_of(load.entries, WRITER_SEED);
	uint64_t start_ns;
	uint32_t round = 0;

	begin_thread(worker->number);
	pthread_barrier_wait(&start);
	start_ns = now_ns();
	while (LOAD(phase) != STOP) {
		uint32_t id = next_stream_id(&ids);

		round++;
		if (load.rate > 0)
			await(start_ns + (uint64_t)(round * (NS_PER_S / load.rate)));
		uint64_t from_ns = now_ns();
		lock->commit(guard, id, attachment_for(id, round));
		if (LOAD(phase) == MEASURE) {
			worker->ns += now_ns() - from_ns;
			worker->operations++;
		}
	}
	return NULL;
}

static void sleep_ms(uint64_t ms)
{
	struct timespec nap = {(time_t)(ms / 1000), (long)(ms % 1000 * NS_PER_MS)};

	while (nanosleep(&nap, &nap) != 0 && errno == EINTR)
		;
}

static void measure(void)
{
	int threads = load.readers + load.writers;
	double ns = 0;
	uint64_t operations = 0;
	uint64_t violations = 0;
	struct worker *writer = &workers[threads - 1];

	self()->number = MAX_THREADS + 1;
	STORE(self()->runnable, true);
	guard = lock->open(load.entries, load.readers);
	for (uint32_t id = 0; id < load.entries; id++)
		lock->commit(guard, id, attachment_for(id, 1));
	/* Without a warm-up the first batch counts, however long it takes. */
	STORE(phase, load.warm_up_ms > 0 ? WARM_UP : MEASURE);
	pthread_barrier_init(&start, NULL, (unsigned)threads + 1);
	for (int i = 0; i < threads; i++) {
		workers[i].number = i;
		workers[i].writer = i >= load.readers;
		workers[i].sink.tokens = load.tokens;
		if (pthread_create(&workers[i].thread, NULL, workers[i].writer ? write_attachments : read_events,
				   &workers[i]) != 0) {
			fprintf(stderr, "twin: a thread could not be started\n");
			exit(1);
		}
	}
	pthread_barrier_wait(&start);
	sleep_ms(load.warm_up_ms);
	STORE(phase, MEASURE);
	sleep_ms(load.ms);
	STORE(phase, STOP);
	for (int i = 0; i < threads; i++)
		pthread_join(workers[i].thread, NULL);
	for (int i = 0; i < load.readers; i++) {
		if (workers[i].operations == 0 || workers[i].ns == 0) {
			fprintf(stderr, "twin: reader %d did nothing in %llu ms\n", i, (unsigned long long)load.ms);
			exit(1);
		}
		ns += (double)workers[i].ns / (double)workers[i].operations / load.readers;
		operations += workers[i].operations;
		violations += workers[i].violations;
	}
	printf("ns=%.4f operations=%llu violations=%llu commits=%llu commit_ns=%.1f\n", ns,
	       (unsigned long long)operations, (unsigned long long)violations,
	       (unsigned long long)(load.writers > 0 ? writer->operations : 0),
	       load.writers > 0 && writer->operations > 0 ? (double)writer->ns / (double)writer->operations : 0.0);
}

static int list(void)
{
	for (size_t i = 0; i < sizeof(contestants) / sizeof(contestants[0]); i++)
		printf("lock=%s strategy=%s racy=%d\n", contestants[i]->name, contestants[i]->strategy,
		       contestants[i]->racy);
#ifndef WITH_CK
	printf("missing=ck-* reason=%s\n", WHY_NO_CK);
#endif
#ifndef WITH_URCU
	printf("missing=urcu-* reason=%s\n", WHY_NO_URCU);
#endif
	return 0;
}

static uint64_t number(const char *key, const char *value, uint64_t least, uint64_t most)
{
	char *end;
	char allowed[64];
	unsigned long long read;

	errno = 0;
	read = strtoull(value, &end, 10);
	if (*value < '0' || *value > '9' || *end != 0 || errno != 0 || read < least || read > most) {
		snprintf(allowed, sizeof(allowed), "%llu to %llu", (unsigned long long)least, (unsigned long long)most);
		refuse(key, value, allowed);
	}
	return read;
}

static void set_cpus(char *value)
{
	for (char *cpu = strsep(&value, ","); cpu && load.cpu_count < MAX_CPUS; cpu = strsep(&value, ","))
		load.cpus[load.cpu_count++] = (int)number("cpus", cpu, 0, MAX_CPUS - 1);
}

static void set(char *argument)
{
	char *value = strchr(argument, '=');

	if (!value)
		refuse("argument", argument, "key=value");
	*value++ = 0;
	if (strcmp(argument, "workload") == 0) {
		load.report = strcmp(value, "report") == 0;
		if (!load.report && strcmp(value, "translate") != 0)
			refuse(argument, value, "translate or report");
	} else if (strcmp(argument, "readers") == 0) {
		load.readers = (int)number(argument, value, 1, MAX_THREADS - 1);
	} else if (strcmp(argument, "writers") == 0) {
		load.writers = (int)number(argument, value, 0, 1);
	} else if (strcmp(argument, "rate") == 0) {
		load.rate = strcmp(value, "unlimited") == 0 ? 0 : (double)number(argument, value, 1, 100000000);
	} else if (strcmp(argument, "entries") == 0) {
		load.entries = (uint32_t)number(argument, value, 1, 1U << 24);
		if ((load.entries & (load.entries - 1)) != 0)
			refuse(argument, value, "a power of two");
	} else if (strcmp(argument, "tokens") == 0) {
		load.tokens = (uint32_t)number(argument, value, 0, 1000000);
	} else if (strcmp(argument, "warmup_ms") == 0) {
		load.warm_up_ms = number(argument, value, 0, 60000);
	} else if (strcmp(argument, "ms") == 0) {
		load.ms = number(argument, value, 1, 60000);
	} else if (strcmp(argument, "cpus") == 0) {
		set_cpus(value);
	} else {
		refuse("key", argument, "see the head of harness.c");
	}
}

int main(int argc, char **argv)
{
	if (argc == 2 && strcmp(argv[1], "list") == 0)
		return list();
	if (argc < 3 || strcmp(argv[1], "run") != 0)
		refuse("command", argc > 1 ? argv[1] : "", "list, or run LOCK and key=value");
	for (size_t i = 0; i < sizeof(contestants) / sizeof(contestants[0]); i++)
		if (strcmp(contestants[i]->name, argv[2]) == 0)
			lock = contestants[i];
	if (!lock)
		refuse("lock", argv[2], "'twin list' names them");
	for (int i = 3; i < argc; i++)
		set(argv[i]);
	measure();
	return 0;
}
