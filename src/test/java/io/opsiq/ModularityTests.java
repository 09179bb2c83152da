package io.opsiq;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ModularityTests {

    private static final String ROOT = "io.opsiq";
    private static final JavaClasses CLASSES =
            new ClassFileImporter(List.of(location -> !location.contains("/test-classes/"))).importPackages(ROOT);

    @Test
    void modules_depend_on_each_other_in_one_direction() {
        slices().matching("io.opsiq.(*)..").should().beFreeOfCycles().check(CLASSES);
    }

    @Test
    void modules_do_not_know_the_composition_root() {
        noClasses()
                .that()
                .resideInAnyPackage("io.opsiq.*..")
                .and()
                .resideOutsideOfPackages("io.opsiq.cli..", "io.opsiq.web..", "io.opsiq.api..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.opsiq")
                .check(CLASSES);
    }

    @Test
    void the_core_knows_no_spring() {
        noClasses()
                .that()
                .resideOutsideOfPackages("io.opsiq.web..", "io.opsiq.api..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "org.springframework..", "jakarta.servlet..", "org.apache.catalina..", "io.micrometer..")
                .check(CLASSES);
    }

    @Test
    void only_the_command_line_starts_the_server_and_knows_no_more_of_it() {
        noClasses()
                .that()
                .resideOutsideOfPackages("io.opsiq.api..", "io.opsiq.cli..", "io.opsiq.web..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.opsiq.api..")
                .check(CLASSES);
        noClasses()
                .that()
                .resideInAPackage("io.opsiq.api..")
                .and()
                .doNotHaveSimpleName("Server")
                .and()
                .doNotHaveSimpleName("ServerSettings")
                .and()
                .doNotHaveSimpleName("PortTakenException")
                .and()
                .doNotHaveSimpleName("ProblemValve")
                .should()
                .bePublic()
                .check(CLASSES);
    }

    @Test
    void the_state_and_the_engine_know_no_feature() {
        noClasses()
                .that()
                .resideInAnyPackage("io.opsiq.state..", "io.opsiq.engine..", "io.opsiq.json..", "io.opsiq.packaged..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "io.opsiq.sources..",
                        "io.opsiq.books..",
                        "io.opsiq.detectors..",
                        "io.opsiq.cases..",
                        "io.opsiq.signals..",
                        "io.opsiq.reasoning..",
                        "io.opsiq.investigation..",
                        "io.opsiq.cli..")
                .check(CLASSES);
    }

    @Test
    void only_the_command_line_knows_picocli() {
        noClasses()
                .that()
                .resideOutsideOfPackage("io.opsiq.cli..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("picocli..")
                .check(CLASSES);
    }

    @Test
    void only_the_port_knows_the_language_models_client() {
        noClasses()
                .that()
                .resideOutsideOfPackage("io.opsiq.reasoning..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("dev.langchain4j..")
                .check(CLASSES);
    }

    @Test
    void each_table_of_the_state_is_reached_through_its_own_modules_repository() {
        noClasses()
                .that()
                .haveSimpleNameEndingWith("Repository")
                .should()
                .bePublic()
                .check(CLASSES);
    }

    /** The picture in docs/ is drawn from the code: when the code has moved on, it is drawn anew and the test says so once. */
    @Test
    void the_module_diagram_in_docs_is_the_one_that_the_code_draws() throws IOException {
        Path file = Path.of("docs/modules.md");
        String drawn = diagram();
        String there = Files.exists(file) ? Files.readString(file) : "";
        if (!there.equals(drawn)) {
            Files.writeString(file, drawn);
        }
        assertThat(there)
                .as("docs/modules.md was out of date; it has been drawn anew, commit it")
                .isEqualTo(drawn);
    }

    private static String diagram() {
        Map<String, Set<String>> needs = new TreeMap<>();
        for (JavaClass each : CLASSES) {
            Set<String> targets = needs.computeIfAbsent(module(each), name -> new TreeSet<>());
            each.getDirectDependenciesFromSelf().stream()
                    .map(dependency -> dependency.getTargetClass())
                    .filter(target -> target.getPackageName().startsWith(ROOT))
                    .map(ModularityTests::module)
                    .filter(target -> !target.equals(module(each)))
                    .forEach(targets::add);
        }
        String arrows = needs.entrySet().stream()
                .flatMap(entry -> entry.getValue().stream()
                        .filter(target -> !followsFromOthers(entry.getKey(), target, needs))
                        .map(target -> "    " + entry.getKey() + " --> " + target))
                .collect(Collectors.joining("\n"));
        return """
                # Modules

                Drawn by `ModularityTests` from the code; an arrow means “uses”, and arrows that follow from others are
                left out. `opsiq` is the composition root, the package `io.opsiq` itself.

                ```mermaid
                flowchart TD
                %s
                ```
                """.formatted(arrows);
    }

    private static boolean followsFromOthers(String from, String to, Map<String, Set<String>> needs) {
        return needs.getOrDefault(from, Set.of()).stream()
                .anyMatch(between -> !between.equals(to) && reaches(between, to, needs));
    }

    private static boolean reaches(String from, String to, Map<String, Set<String>> needs) {
        Set<String> targets = needs.getOrDefault(from, Set.of());
        return targets.contains(to) || targets.stream().anyMatch(between -> reaches(between, to, needs));
    }

    private static String module(JavaClass type) {
        String below = type.getPackageName().substring(ROOT.length());
        return below.isEmpty() ? "opsiq" : below.substring(1).replaceFirst("\\..*", "");
    }
}
