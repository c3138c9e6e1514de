package dev.steward.design;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * A recorder of lock order in the manner of lockdep: one graph of which class of lock was taken while which other was
 * held. An order is wrong as soon as both directions have been seen once, at any time, by any thread; nobody has to
 * deadlock for that. It also sees a lock that may sleep inside one that spins (invariant I9).
 */
final class LockOrder {
    /** What a waiter does. */
    enum Kind { SLEEPS, SPINS }

    private static final String DOCUMENTED = "docs/domain.md, 5.3";

    private record Lock(String name, Kind kind) {
    }

    private final ThreadLocal<Deque<Lock>> held = ThreadLocal.withInitial(ArrayDeque::new);
    /** From a lock that was held to those taken inside it, each with where that was seen first. */
    private final Map<String, Map<String, String>> inside = new LinkedHashMap<>();
    private final List<String> complaints = new ArrayList<>();

    /** What is known to be right: each inside the one before. */
    synchronized void expect(String... outermostFirst) {
        for (int i = 1; i < outermostFirst.length; i++) {
            edges(outermostFirst[i - 1]).putIfAbsent(outermostFirst[i], DOCUMENTED);
        }
    }

    /** Before the lock is taken, so that a deadlock would still be told. */
    synchronized void acquire(String name, Kind kind) {
        for (Lock outer : held.get()) {
            if (outer.name.equals(name)) {
                complaints.add(name + " taken twice at " + here());
            } else {
                check(outer, name, kind);
            }
        }
        held.get().push(new Lock(name, kind));
    }

    private void check(Lock outer, String name, Kind kind) {
        if (kind == Kind.SLEEPS && outer.kind == Kind.SPINS) {
            complaints.add(name + " may sleep inside " + outer.name + ", which spins, at " + here());
        }
        List<String> back = path(name, outer.name, new TreeSet<>());
        if (back != null) {
            complaints.add(name + " inside " + outer.name + " at " + here() + ", but before: "
                + String.join(" > ", back) + " at " + edges(back.get(0)).get(back.get(1)));
        }
        edges(outer.name).merge(name, here(), (known, now) -> known.equals(DOCUMENTED) ? now : known);
    }

    /** How a lock leads to another by what was taken inside it; null if it does not. */
    private List<String> path(String from, String to, Set<String> visited) {
        if (!visited.add(from)) {
            return null;
        }
        for (String next : edges(from).keySet()) {
            List<String> rest = next.equals(to) ? new ArrayList<>(List.of(to)) : path(next, to, visited);
            if (rest != null) {
                rest.add(0, from);
                return rest;
            }
        }
        return null;
    }

    void release(String name) {
        Lock innermost = held.get().stream().filter(lock -> lock.name.equals(name)).findFirst()
            .orElseThrow(() -> new IllegalStateException(name + " is not held"));
        held.get().removeFirstOccurrence(innermost);
    }

    private Map<String, String> edges(String from) {
        return inside.computeIfAbsent(from, key -> new LinkedHashMap<>());
    }

    private static String here() {
        return Thread.currentThread().getName() + ": " + StackWalker.getInstance().walk(frames -> frames
            .filter(frame -> !frame.getClassName().matches(".*\\.(LockOrder|Recording)(\\$.*)?"))
            .limit(3).map(frame -> frame.getMethodName() + ":" + frame.getLineNumber())
            .reduce((inner, outer) -> inner + " < " + outer).orElse("?"));
    }

    synchronized List<String> complaints() {
        return List.copyOf(complaints);
    }

    /** Whether one was seen inside the other, directly. */
    synchronized boolean saw(String outer, String inner) {
        return !edges(outer).getOrDefault(inner, DOCUMENTED).equals(DOCUMENTED);
    }
}
