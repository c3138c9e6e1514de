package dev.steward.loadgen.guest;

import dev.steward.engine.iommufd.Context;
import dev.steward.engine.iommufd.Iommufd;

/**
 * What the VMM of a guest has of iommufd: the file that it opened, which finds its own objects only, and the guest's
 * memory in it. Both serve the guest on every SMMU (docs/domain.md, 1.1).
 */
public record Vmm(Context context, int ioasId) {
    static Vmm open(Iommufd iommufd) {
        Context context = iommufd.open();
        return new Vmm(context, context.allocateIoas().id());
    }

    /** Destroys an object that nothing pins any more. */
    void destroy(int id) {
        Errors.check(context.destroy(id), "destroy");
    }
}
