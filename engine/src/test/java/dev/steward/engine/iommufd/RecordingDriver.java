package dev.steward.engine.iommufd;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;

/** Driver that writes down what the core asked, together with what the core showed to others at that moment. */
final class RecordingDriver implements IommuDriver {
    final List<String> calls = new ArrayList<>();
    final List<String> answers = new ArrayList<>();
    BiFunction<BoundDevice, NestedDomain, Integer> attachResult = (device, domain) -> 0;
    int blockedResult;
    private BoundDevice lastAttached;
    int checkResult;
    /** Runs inside the next answer only. */
    Runnable onAnswer = () -> { };
    boolean viommusSupported = true;

    @Override
    public int attachNested(BoundDevice device, NestedDomain domain) {
        lastAttached = device;
        calls.add("attach " + device.host().firstStreamId() + " to " + domain + handle(device)
            + " users " + domain.users());
        return attachResult.apply(device, domain);
    }

    @Override
    public int attachBlocked(BoundDevice device) {
        calls.add("block " + device.host().firstStreamId() + handle(device));
        return blockedResult;
    }

    @Override
    public void drainFaults() {
        calls.add("drain" + handle(lastAttached));
    }

    @Override
    public void respond(int streamId, int group, int code, long stamp) {
        answers.add(Integer.toHexString(streamId) + " group " + group + " code " + code + " stamp " + stamp);
        Runnable once = onAnswer;
        onAnswer = () -> { };
        once.run();
    }

    @Override
    public boolean supportsViommu(BoundDevice device, int type) {
        return viommusSupported && IommuDriver.super.supportsViommu(device, type);
    }

    @Override
    public int checkNestedDomain(VIommu viommu, long steWord0, long steWord1) {
        return checkResult;
    }

    private static String handle(BoundDevice device) {
        AttachHandle handle = device.group().handle();
        return handle == null ? " without handle" : " with handle of " + handle.domain();
    }
}
