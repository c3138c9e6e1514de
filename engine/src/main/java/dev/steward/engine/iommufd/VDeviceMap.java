package dev.steward.engine.iommufd;

import java.util.Arrays;

/**
 * vDEVICEs by virtual id, in the order of the id: the model of the xarray {@code vdevs}.
 *
 * <p>Two dense sorted arrays. Finding by id is O(log n) as in the xarray (with another base), the scan for a device is
 * linear in id order as there, and neither allocates. Guarded by the {@code vdevs} lock of the vIOMMU.
 */
final class VDeviceMap {
    private int[] virtualIds = new int[8];
    private VDevice[] vdevices = new VDevice[8];
    private int size;

    /** Index of an id, or the negative insertion point minus one. Ids compare unsigned. */
    private int indexOf(int virtualId) {
        int low = 0;
        int high = size - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            int order = Integer.compareUnsigned(virtualIds[middle], virtualId);
            if (order == 0) {
                return middle;
            }
            if (order < 0) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return -low - 1;
    }

    VDevice find(int virtualId) {
        int index = indexOf(virtualId);
        return index < 0 ? null : vdevices[index];
    }

    /** The kernel compares devices, not binds: a device that was bound anew is still the same. */
    VDevice findFirstOf(HostDevice host) {
        for (int i = 0; i < size; i++) {
            if (vdevices[i].device().host() == host) {
                return vdevices[i];
            }
        }
        return null;
    }

    boolean putIfAbsent(int virtualId, VDevice vdevice) {
        int index = indexOf(virtualId);
        if (index >= 0) {
            return false;
        }
        int at = -index - 1;
        if (size == virtualIds.length) {
            virtualIds = Arrays.copyOf(virtualIds, size * 2);
            vdevices = Arrays.copyOf(vdevices, size * 2);
        }
        System.arraycopy(virtualIds, at, virtualIds, at + 1, size - at);
        System.arraycopy(vdevices, at, vdevices, at + 1, size - at);
        virtualIds[at] = virtualId;
        vdevices[at] = vdevice;
        size++;
        return true;
    }

    void remove(int virtualId, VDevice vdevice) {
        int at = indexOf(virtualId);
        if (at < 0 || vdevices[at] != vdevice) {
            return;
        }
        size--;
        System.arraycopy(virtualIds, at + 1, virtualIds, at, size - at);
        System.arraycopy(vdevices, at + 1, vdevices, at, size - at);
        vdevices[size] = null;
    }

    int size() {
        return size;
    }
}
