package org.corral;

import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import org.junit.jupiter.api.Test;

class ArchitectureTest {

    /** From the bottom up: a package may use those before it. */
    private static final List<String> ORDER = List.of(
            "org.corral.linux.errno",
            "org.corral.linux.raw",
            "org.corral.linux",
            "org.corral.linux.(event|process|mount|disk|namespace)",
            "org.corral.cgroup.layout",
            "org.corral.cgroup.controller",
            "org.corral.cgroup",
            "org.corral.cgroup.(limit|sample)");

    private static final JavaClasses MAIN = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("org.corral.linux", "org.corral.cgroup");

    @Test
    void jnr_anywhere_onlyInTheRawRing() {
        noClasses()
                .that()
                .resideOutsideOfPackage("org.corral.linux.raw")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("jnr..", "com.kenai..")
                .check(MAIN);
    }

    @Test
    void packages_inTheirOrder_useOnlyThoseBelow() {
        for (int i = 0; i < ORDER.size(); i++) {
            String[] above = ORDER.subList(i + 1, ORDER.size()).toArray(String[]::new);
            noClasses()
                    .that()
                    .resideInAPackage(ORDER.get(i))
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(above)
                    .check(MAIN);
        }
    }

    @Test
    void packages_all_haveAPlaceInTheOrder() {
        classes().should().resideInAnyPackage(ORDER.toArray(String[]::new)).check(MAIN);
    }

    @Test
    void packages_all_freeOfCycles() {
        slices().matching("org.corral.(**)").should().beFreeOfCycles().check(MAIN);
    }

    @Test
    void processes_anywhere_notStartedByTheJvmNorIsItEnded() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .areAssignableTo(ProcessBuilder.class)
                .orShould()
                .callMethod(System.class, "exit", int.class)
                .orShould()
                .callMethodWhere(target(name("exec")).and(target(owner(type(Runtime.class)))))
                .check(MAIN);
    }
}
