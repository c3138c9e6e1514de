/* SPDX-License-Identifier: Apache-2.0 */
/* All locks: one line here and one file for each. */
#define OWN_LOCKS(X)                                                                                                   \
	X(none) X(none_pointer) X(mutex) X(monitor) X(ticket) X(mcs) X(rwlock) X(rwlock_fair) X(rwlock_spin) X(rwsem)  \
	X(percpu_rwsem) X(bravo) X(phase_fair) X(stamped_rw) X(stamped) X(seqlock) X(seqlock_ste) X(rcu_table)         \
	X(rcu_page) X(rcu_entry) X(rcu_entry_qsbr) X(rcu_entry_srcu) X(rcu_entry_srcu_fast)                            \
	X(hazard_slot) X(report_epoch) X(hand_over) X(refcount) X(left_right)                                          \
	X(pthread_mutex) X(pthread_mutex_adaptive) X(pthread_mutex_pi) X(pthread_rwlock) X(pthread_rwlock_writers)     \
	X(pthread_spin)

#ifdef WITH_CK
#define CK_LOCKS(X) X(ck_ticket) X(ck_mcs) X(ck_rwlock) X(ck_pflock) X(ck_epoch)
#else
#define CK_LOCKS(X)
#endif

#ifdef WITH_URCU
#define URCU_LOCKS(X) X(urcu_memb) X(urcu_mb) X(urcu_qsbr)
#else
#define URCU_LOCKS(X)
#endif

#define ALL_LOCKS(X) OWN_LOCKS(X) CK_LOCKS(X) URCU_LOCKS(X)
