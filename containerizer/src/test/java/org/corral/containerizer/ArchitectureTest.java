package org.corral.containerizer;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class ArchitectureTest {

    private static final String HOME = "org.corral.containerizer";
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages(HOME);

    @Test
    void packages_everywhere_pointDownwards() {
        layeredArchitecture()
                .consideringOnlyDependenciesInAnyPackage(HOME + "..")
                .layer("cli")
                .definedBy(HOME + ".cli..")
                .layer("top")
                .definedBy(HOME)
                .layer("metrics")
                .definedBy(HOME + ".metrics..")
                .layer("composing")
                .definedBy(HOME + ".composing..")
                .layer("external")
                .definedBy(HOME + ".external..")
                .layer("lifecycle")
                .definedBy(HOME + ".lifecycle..")
                .layer("launcher")
                .definedBy(HOME + ".launcher..")
                .layer("isolator")
                .definedBy(HOME + ".isolator..")
                .layer("cgroups")
                .definedBy(HOME + ".cgroups..")
                .layer("state")
                .definedBy(HOME + ".state..")
                .layer("jfr")
                .definedBy(HOME + ".jfr..")
                .layer("count")
                .definedBy(HOME + ".count..")
                .whereLayer("cli")
                .mayNotBeAccessedByAnyLayer()
                .whereLayer("metrics")
                .mayNotBeAccessedByAnyLayer()
                .whereLayer("top")
                .mayOnlyBeAccessedByLayers("cli", "metrics")
                .whereLayer("composing")
                .mayOnlyBeAccessedByLayers("top", "cli")
                .whereLayer("external")
                .mayOnlyBeAccessedByLayers("top", "cli")
                .whereLayer("lifecycle")
                .mayOnlyBeAccessedByLayers("composing", "external", "top", "cli")
                .whereLayer("launcher")
                .mayOnlyBeAccessedByLayers("external", "lifecycle", "top", "cli")
                .whereLayer("isolator")
                .mayOnlyBeAccessedByLayers("lifecycle", "top", "cli")
                .whereLayer("cgroups")
                .mayOnlyBeAccessedByLayers("launcher", "isolator", "lifecycle", "top", "cli")
                .whereLayer("jfr")
                .mayOnlyBeAccessedByLayers("lifecycle", "top")
                .whereLayer("count")
                .mayOnlyBeAccessedByLayers("lifecycle", "top", "metrics")
                .check(CLASSES);
    }

    @Test
    void lifecycle_everywhere_knowsInterfacesAlone() {
        noClasses()
                .that()
                .resideInAPackage(HOME + ".lifecycle..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(HOME + ".launcher..", HOME + ".isolator..", HOME + ".cgroups..")
                .check(CLASSES);
    }

    @Test
    void packages_everywhere_haveNoCycles() {
        slices().matching(HOME + ".(*)..").should().beFreeOfCycles().check(CLASSES);
    }

    @Test
    void partsOfTheCommandLine_everywhere_doNotKnowTheCommands() {
        noClasses()
                .that()
                .resideInAnyPackage(HOME + ".cli.show..", HOME + ".cli.watch..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage(HOME + ".cli")
                .check(CLASSES);
        noClasses()
                .that()
                .resideInAPackage(HOME + ".cli.show..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage(HOME + ".cli.watch..")
                .check(CLASSES);
    }

    @Test
    void nativeLibraries_everywhere_stayBelow() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("jnr..", "com.kenai.jffi..")
                .check(CLASSES);
    }

    @Test
    void micrometer_outsideOfMetrics_isNotNeeded() {
        noClasses()
                .that()
                .resideOutsideOfPackage(HOME + ".metrics..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.micrometer..")
                .because("it is an optional dependency")
                .check(CLASSES);
    }

    @Test
    void processes_everywhere_areNotSpawnedByTheJvm() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .belongToAnyOf(ProcessBuilder.class, Runtime.class)
                .because("processes are made at a gate, by org.corral.linux.process")
                .check(CLASSES);
    }

    @Test
    void exit_outsideOfMain_isNeverCalled() {
        noClasses()
                .that()
                .doNotHaveFullyQualifiedName(HOME + ".cli.Main")
                .should()
                .callMethod(System.class, "exit", int.class)
                .check(CLASSES);
    }
}
