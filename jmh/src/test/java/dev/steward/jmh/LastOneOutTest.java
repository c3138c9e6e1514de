package dev.steward.jmh;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LastOneOutTest {
    private int freed;

    @Test
    void shouldFreeOnceWhenLastUserHasLeft() {
        LastOneOut users = new LastOneOut(() -> freed++);
        users.enter();
        users.enter();
        users.leave();
        users.leave();
        assertThat(freed).isZero();
        users.leave();
        assertThat(freed).isOne();
    }
}
