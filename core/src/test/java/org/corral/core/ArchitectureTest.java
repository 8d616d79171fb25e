package org.corral.core;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class ArchitectureTest {

    private static final JavaClasses CORE = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("org.corral.core");

    @Test
    void core_everywhere_isPlainJava() {
        classes()
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage("org.corral.core..", "java..", "org.slf4j..", "org.jspecify..")
                .check(CORE);
    }

    @Test
    void units_anywhere_standAloneButForTheTextsTheyQuote() {
        classes()
                .that()
                .resideInAPackage("org.corral.core.unit")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage("org.corral.core.unit", "org.corral.core.text", "java..", "org.jspecify..")
                .check(CORE);
    }

    @Test
    void vocabulary_anywhere_knowsNeitherIsolatorNorLauncher() {
        noClasses()
                .that()
                .resideInAPackage("org.corral.core")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.corral.core.isolator", "org.corral.core.launcher")
                .check(CORE);
    }
}
