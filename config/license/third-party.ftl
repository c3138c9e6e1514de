<#-- What license-maven-plugin fills in: one line for each library that goes with the jar, Steward's modules left out. -->
Work of others that goes with Steward, with the licences that its authors give for it. The build makes this list.
Where there are several, Steward takes the first. NOTICE says more about the GPL.

<#assign names = []>
<#list dependencyMap as entry>
<#assign library = entry.getKey()>
<#if library.groupId != "dev.steward">
<#assign names = names + [library.artifactId]>
${library.groupId}:${library.artifactId}:${library.version}
    ${entry.getValue()?join(" or ")}
    ${library.url!"no address given"}
</#if>
</#list>
<#if names?seq_contains("jmh-core")>

commons-math3 (2016) and jopt-simple (2018) have had no release for years. Only JMH calls them, for its statistics and its
command line: there is nothing to do here.
</#if>
