package dev.steward.engine.iommufd;

import static dev.steward.engine.iommufd.KernelVersion.V6_11;
import static dev.steward.engine.iommufd.KernelVersion.V6_15;
import static dev.steward.engine.iommufd.KernelVersion.V6_19;
import static dev.steward.engine.iommufd.KernelVersion.V7_1;
import static dev.steward.engine.iommufd.KernelVersion.V7_2;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

class KernelVersionTest {
    @Test
    void shouldDateEachChange() {
        assertThat(where(KernelVersion::handleBeforeDriver)).containsExactly(V6_11);
        assertThat(where(KernelVersion::abortNeedsVdevice)).containsExactly(V6_11, V6_15);
        assertThat(where(KernelVersion::keepsInvalidationArray)).containsExactly(V7_1, V7_2);
        assertThat(where(KernelVersion::allocatesUnderVeventqLock)).containsExactly(V6_11, V6_15, V6_19, V7_1);
        assertThat(where(KernelVersion::checksReadSize)).containsExactly(V7_2);
        assertThat(where(KernelVersion::rewindsHeader)).containsExactly(V7_2);
    }

    private static List<KernelVersion> where(Predicate<KernelVersion> fact) {
        return Arrays.stream(KernelVersion.values()).filter(fact).toList();
    }

    @Test
    void shouldFindVersionByItsRelease() {
        for (KernelVersion version : KernelVersion.values()) {
            assertThat(KernelVersion.of(version.release())).isEqualTo(version);
        }
        assertThat(KernelVersion.NEWEST).isEqualTo(V7_2);
        assertThatIllegalArgumentException().isThrownBy(() -> KernelVersion.of("6.14")).withMessageContaining("6.14");
    }

    @Test
    void shouldHandKernelDownToContexts() {
        assertThat(new Iommufd().open().kernel()).isEqualTo(KernelVersion.NEWEST);
        assertThat(new Iommufd(V6_19).open().kernel()).isEqualTo(V6_19);
    }
}
