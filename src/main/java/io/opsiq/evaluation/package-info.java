/** How good a run was: scores from what its cases are and what reviewers said, and a note on calibration. */
@NullMarked
package io.opsiq.evaluation;

import org.jspecify.annotations.NullMarked;
