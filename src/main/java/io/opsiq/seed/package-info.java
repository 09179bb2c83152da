/** Demo books: small billing tables with known leaks planted in them, dated around today. */
@NullMarked
package io.opsiq.seed;

import org.jspecify.annotations.NullMarked;
