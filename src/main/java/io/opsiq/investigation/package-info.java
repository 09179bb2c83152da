/** The orchestrator: books and signals to detectors, cases, summary and trace, one run at a time. */
@NullMarked
package io.opsiq.investigation;

import org.jspecify.annotations.NullMarked;
