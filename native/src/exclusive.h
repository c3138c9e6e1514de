/* SPDX-License-Identifier: Apache-2.0 */
/* For a lock that has one mode: a reader enters as the only one. */
static inline uint64_t lock_shared(struct lock *lock, int slot)
{
	(void)slot;
	return lock_exclusive(lock);
}

static inline void unlock_shared(struct lock *lock, int slot, uint64_t token)
{
	(void)slot;
	unlock_exclusive(lock, token);
}
