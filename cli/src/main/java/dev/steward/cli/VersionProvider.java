package dev.steward.cli;

import picocli.CommandLine.IVersionProvider;

/** The version from the jar's manifest. */
final class VersionProvider implements IVersionProvider {
    @Override
    public String[] getVersion() {
        String version = VersionProvider.class.getPackage().getImplementationVersion();
        return new String[] {"steward " + (version == null ? "development" : version)
            + " (JVM " + System.getProperty("java.version") + ")"};
    }
}
