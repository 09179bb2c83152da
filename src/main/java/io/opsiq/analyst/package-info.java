/** The analyst: questions to plans, plans to SQL, results to answers that say nothing the result does not. */
@NullMarked
package io.opsiq.analyst;

import org.jspecify.annotations.NullMarked;
