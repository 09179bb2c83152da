package io.opsiq.detectors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.opsiq.detectors.FixtureRuns.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SkeletonTest {

    @TempDir
    Path folder;

    @Test
    void a_new_detector_works_and_its_tests_hold() {
        Skeleton.write(folder, "stale_coupon");

        Pack pack = Pack.shippedAnd(folder);
        List<Result> results = new FixtureRuns(pack, folder.resolve(".work"), Clock.systemUTC())
                .run(pack.detector("stale_coupon").orElseThrow());

        assertThat(results).hasSize(3).allMatch(Result::passed);
        assertThat(pack.detectors())
                .hasSizeGreaterThan(Pack.shipped().detectors().size());
    }

    @Test
    void a_test_that_no_longer_holds_is_told() throws IOException {
        Skeleton.write(folder, "stale_coupon");
        Path query = folder.resolve("stale_coupon/query.sql");
        Files.writeString(query, Files.readString(query).replace(">= $min_amount", "> 1000 + $min_amount"));

        Pack pack = Pack.shippedAnd(folder);
        List<Result> results = new FixtureRuns(pack, folder.resolve(".work"), Clock.systemUTC())
                .run(pack.detector("stale_coupon").orElseThrow());

        assertThat(results).filteredOn(result -> !result.passed()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"underbilling", "Stale", "a", "../up", "x y", "1st_thing"})
    void an_id_that_does_not_fit_or_is_taken_is_refused(String id) {
        assertThatThrownBy(() -> Skeleton.write(folder, id))
                .hasMessageContaining(id)
                .hasMessageContaining("Maybe");
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void a_detector_is_not_written_over() {
        Skeleton.write(folder, "stale_coupon");

        assertThatThrownBy(() -> Skeleton.write(folder, "stale_coupon")).hasMessageContaining("already");
    }

    @Test
    void two_detectors_of_one_id_are_refused() throws IOException {
        Skeleton.write(folder, "stale_coupon");
        Path taken = Files.move(folder.resolve("stale_coupon"), folder.resolve("underbilling"));
        Path yaml = taken.resolve("detector.yaml");
        Files.writeString(
                yaml,
                Files.readString(yaml)
                        .replace("id: stale_coupon", "id: underbilling")
                        .replace("specific_over: [underbilling]", ""));

        assertThatThrownBy(() -> Pack.shippedAnd(folder)).hasMessageContaining("two detectors of this id");
    }

    @Test
    void a_folder_that_is_not_there_is_told() {
        assertThatThrownBy(() -> Pack.shippedAnd(folder.resolve("none"))).hasMessageContaining("opsiq detectors new");
    }
}
