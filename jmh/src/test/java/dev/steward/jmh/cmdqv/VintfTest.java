package dev.steward.jmh.cmdqv;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.engine.iommufd.Errno;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class VintfTest {
    private final List<String> writes = new ArrayList<>();
    private final List<Long> seen = new ArrayList<>();
    private final Vintf vintf = new Vintf(0, 4, this::look);

    /** What hardware would find for 8 right after each write. */
    private void look(int offset, int value) {
        writes.add(Integer.toHexString(offset) + "=" + Integer.toHexString(value));
        seen.add(vintf.physicalStreamIdOf(8));
    }

    @Test
    void shouldDecodeParam() {
        int param = CmdqvLayout.param(4, 6, 7);
        assertThat(param).isEqualTo(0x4671);
        assertThat(CmdqvLayout.slots(param)).isEqualTo(16);
        assertThat(CmdqvLayout.vintfs(param)).isEqualTo(64);
        assertThat(CmdqvLayout.vcmdqs(param)).isEqualTo(128);
        assertThat(CmdqvLayout.slots(0xf000)).as("registers end").isEqualTo(CmdqvLayout.MAX_SLOTS);
        assertThat(CmdqvLayout.vintfs(0x0f00)).isEqualTo(CmdqvLayout.MAX_VINTFS);
        assertThat(CmdqvLayout.vcmdqs(0x00f0)).isEqualTo(CmdqvLayout.MAX_VCMDQS);
    }

    @Test
    void shouldWriteReplaceBeforeMatchAndTakeMatchAwayFirst() {
        int slot = vintf.set(8, 0x100);
        vintf.clear(slot);
        assertThat(writes).containsExactly("80=100", "40=11", "40=0", "80=0");
    }

    /** Whenever hardware looks, it finds nothing or the right one. */
    @Test
    void shouldNeverShowIdOfAnotherWhenSlotIsReused() {
        int slot = vintf.set(9, 0x900);
        vintf.clear(slot);
        vintf.set(8, 0x800);
        assertThat(seen).containsOnly(Vintf.MISS, 0x800L);
        assertThat(seen).last().isEqualTo(0x800L);
    }

    /** The control: the same writes with each pair turned round, and hardware finds 8 at the wrong place. */
    @Test
    void shouldSeeWrongIdIfEachPairWereTurnedRound() {
        vintf.clear(vintf.set(9, 0x900));
        vintf.set(8, 0x800);
        assertThat(found(writes)).containsOnly("none", "800");
        List<String> turned = new ArrayList<>();
        for (int i = 0; i < writes.size(); i += 2) {
            turned.add(writes.get(i + 1));
            turned.add(writes.get(i));
        }
        assertThat(found(turned)).contains("0");
    }

    /** What the one slot says of 8 after each write. */
    private static List<String> found(List<String> writes) {
        String match = "0";
        String replace = "0";
        List<String> found = new ArrayList<>();
        for (String write : writes) {
            if (write.startsWith("40=")) {
                match = write.substring(3);
            } else {
                replace = write.substring(3);
            }
            found.add(match.equals("11") ? replace : "none");
        }
        return found;
    }

    @Test
    void shouldRunOutOfSlotsAndUseFreedOneAgain() {
        for (int i = 0; i < 4; i++) {
            assertThat(vintf.set(i, 0x100 + i)).isEqualTo(i);
        }
        assertThat(vintf.set(4, 0x104)).isEqualTo(-Errno.ENOSPC);
        vintf.clear(2);
        assertThat(vintf.physicalStreamIdOf(2)).isEqualTo(Vintf.MISS);
        assertThat(vintf.set(4, 0x104)).isEqualTo(2);
        assertThat(vintf.physicalStreamIdOf(4)).isEqualTo(0x104);
    }

    @Test
    void shouldRefuseIdOver32Bits() {
        assertThat(vintf.set(1L << 32, 1)).isEqualTo(-Errno.EINVAL);
        assertThat(vintf.set(-1, 1)).isEqualTo(-Errno.EINVAL);
        assertThat(writes).isEmpty();
        assertThat(vintf.set(0xffff_ffffL, 0xffff_fffe)).isZero();
        assertThat(vintf.physicalStreamIdOf(-1)).isEqualTo(0xffff_fffeL);
    }

    /** (inf) The register has room for 31 bits of the id. */
    @Test
    void shouldTakeIdsThatDifferInHighestBitForTheSame() {
        vintf.set(8, 0x100);
        assertThat(vintf.physicalStreamIdOf(0x8000_0008)).isEqualTo(0x100);
    }
}
