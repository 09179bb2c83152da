/** The books: the canonical billing tables, typed and cleaned, with the clock, the rates and what was set aside. */
@NullMarked
package io.opsiq.books;

import org.jspecify.annotations.NullMarked;
