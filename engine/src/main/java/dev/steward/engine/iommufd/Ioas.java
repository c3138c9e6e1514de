package dev.steward.engine.iommufd;

/** An I/O address space, here only for its pin: the S2 parents on it keep it alive. Mappings are not modelled. */
public final class Ioas extends IommufdObject {
    Ioas(Context context, int id) {
        super(context, id);
    }

    @Override
    void onDestroy() {
        // Pins nothing.
    }
}
